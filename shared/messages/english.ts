/** The English texts of all codes. The other languages are known to the page alone. */
import approvals from '../../i18n/locales/en/messages/approvals.json'
import calls from '../../i18n/locales/en/messages/calls.json'
import changed from '../../i18n/locales/en/messages/changed.json'
import changes from '../../i18n/locales/en/messages/changes.json'
import cluster from '../../i18n/locales/en/messages/cluster.json'
import consequences from '../../i18n/locales/en/messages/consequences.json'
import findings from '../../i18n/locales/en/messages/findings.json'
import foreign from '../../i18n/locales/en/messages/foreign.json'
import health from '../../i18n/locales/en/messages/health.json'
import helm from '../../i18n/locales/en/messages/helm.json'
import kubeconfig from '../../i18n/locales/en/messages/kubeconfig.json'
import login from '../../i18n/locales/en/messages/login.json'
import logs from '../../i18n/locales/en/messages/logs.json'
import managers from '../../i18n/locales/en/messages/managers.json'
import model from '../../i18n/locales/en/messages/model.json'
import nextSteps from '../../i18n/locales/en/messages/next-steps.json'
import plans from '../../i18n/locales/en/messages/plans.json'
import reads from '../../i18n/locales/en/messages/reads.json'
import session from '../../i18n/locales/en/messages/session.json'
import turns from '../../i18n/locales/en/messages/turns.json'
import type { MessageParams } from './params'

export const englishTexts: Record<keyof MessageParams, string> = {
  ...approvals,
  ...calls,
  ...changed,
  ...changes,
  ...cluster,
  ...consequences,
  ...findings,
  ...foreign,
  ...health,
  ...helm,
  ...kubeconfig,
  ...login,
  ...logs,
  ...managers,
  ...model,
  ...nextSteps,
  ...plans,
  ...reads,
  ...session,
  ...turns,
}
