/** Operator Lifecycle Manager: the objects of an installed operator. */
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { labelOf } from '../marks'
import { markedManager } from '../marked'

/** Labels of version 0, then of version 1. */
const PAIRS = [
  ['olm.owner.kind', 'olm.owner'],
  ['olm.operatorframework.io/owner-kind', 'olm.operatorframework.io/owner-name'],
] as const

function ownerOf(object: KubeObject): string | undefined {
  for (const [kindLabel, nameLabel] of PAIRS) {
    const name = labelOf(object, nameLabel)
    if (name !== undefined) return `${labelOf(object, kindLabel) ?? 'operator'} ${name}`
  }
  return undefined
}

export const olm = markedManager({
  id: 'olm',
  find(object) {
    const owner = ownerOf(object)
    return owner === undefined ? undefined : msg('manager-olm', { owner })
  },
  source: (object) => ownerOf(object) ?? '',
})
