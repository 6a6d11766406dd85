/** The description of Pods. */
import { at, listAt, pairsAt, textAt } from '../../kubernetes/read/fields'
import { containerSetup, containerStates, environmentSection, volumesSection } from './containers'
import type { KindDescription } from './kind'
import { linesSection } from './lines'

/** Tolerations that the API server adds to every pod. */
const DEFAULT_TOLERATIONS = new Set(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'])

export const pod: KindDescription = {
  first: containerStates,
  details: (object) => [
    ...linesSection('Details', [
      ['Node', textAt(object, 'spec', 'nodeName')],
      ['Pod IP', textAt(object, 'status', 'podIP')],
      ['QoS class', textAt(object, 'status', 'qosClass')],
      ['Restart policy', textAt(object, 'spec', 'restartPolicy')],
      ['Service account', textAt(object, 'spec', 'serviceAccountName')],
      ['Priority class', textAt(object, 'spec', 'priorityClassName')],
      ['Node selector', pairsAt(object, 'spec', 'nodeSelector')],
      ['Affinity', at(object, 'spec', 'affinity') === undefined ? '' : 'set, see the YAML'],
      ['Tolerations', listAt(object, 'spec', 'tolerations').map(tolerationText).filter(Boolean).join('; ')],
    ]),
    ...containerSetup(object),
  ],
  last: (object) => [...environmentSection(object), ...volumesSection(object)],
}

function tolerationText(toleration: unknown): string {
  const key = textAt(toleration, 'key')
  if (DEFAULT_TOLERATIONS.has(key)) return ''
  const value = textAt(toleration, 'value')
  return `${key || 'any taint'}${value === '' ? '' : `=${value}`}:${textAt(toleration, 'effect') || 'any effect'}`
}
