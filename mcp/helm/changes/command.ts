/** A planned Helm change as a command: the same by a person's own helm. */
import { commandLine } from '../../../shared/text/shell'
import { inputOf, withInput } from '../../changes/command/shell'
import type { ClusterRef } from '../../../shared/result'
import { isRecord } from '../../../shared/kubernetes/fields'
import type { Prepared } from './prepare'

export function helmCommand(prepared: Prepared, helmMajor: number, { context }: ClusterRef): string {
  const { state, tried } = prepared
  const { values } = prepared.arguments
  const isGiven = isRecord(values) && Object.keys(values).length > 0
  const takesOver = tried.some(({ write }) => write.conflicts.length > 0)
  const line = commandLine([
    ...(state.newest?.storage === 'configmaps' ? ['HELM_DRIVER=configmap'] : []),
    ...['helm', ...wordsOf(prepared), `--namespace=${state.namespace}`],
    ...(takesOver && helmMajor >= 4 ? ['--force-conflicts'] : []),
    ...(context === undefined ? [] : [`--kube-context=${context}`]),
    ...(isGiven ? ['--values=-'] : []),
  ])
  return isGiven ? withInput(line, inputOf(values)) : line
}

function wordsOf({ verb, state: { name }, chartWords, target }: Prepared): string[] {
  switch (verb) {
    case 'install':
      return ['install', name, ...chartWords]
    case 'upgrade':
      return ['upgrade', name, ...chartWords, '--reset-then-reuse-values', '--skip-crds']
    case 'rollback':
      return ['rollback', name, String(target)]
    case 'uninstall':
      return ['uninstall', name]
  }
}
