/** The English texts of all codes. The other languages are known to the page alone. */
import approvals from '../../i18n/locales/en/messages/approvals.json'
import calls from '../../i18n/locales/en/messages/calls.json'
import kubeconfig from '../../i18n/locales/en/messages/kubeconfig.json'
import login from '../../i18n/locales/en/messages/login.json'
import model from '../../i18n/locales/en/messages/model.json'
import session from '../../i18n/locales/en/messages/session.json'
import turns from '../../i18n/locales/en/messages/turns.json'
import type { MessageParams } from './params'

export const englishTexts: Record<keyof MessageParams, string> = {
  ...approvals,
  ...calls,
  ...kubeconfig,
  ...login,
  ...model,
  ...session,
  ...turns,
}
