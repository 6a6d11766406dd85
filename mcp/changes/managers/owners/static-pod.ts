/** A static pod: the API shows a mirror of a pod that a kubelet runs from a file on its node. */
import { msg } from '../../../../shared/messages/create'
import { textAt } from '../../../kubernetes/read/fields'
import { annotationOf, isRemoval, lastingIn } from '../marks'
import type { Change, Finding, Manager } from '../types'

function isMirror({ object, effect }: Change): boolean {
  return (
    effect.verb !== 'create' &&
    object.kind === 'Pod' &&
    annotationOf(object, 'kubernetes.io/config.mirror') !== undefined
  )
}

export const staticPod: Manager = {
  id: 'static-pod',
  applies: isMirror,
  check(change): Promise<Finding | undefined> {
    const node = textAt(change.object, 'spec', 'nodeName')
    return Promise.resolve({
      manager: msg('source-node-file', { node }),
      notes: [msg(isRemoval(change) ? 'static-pod-delete' : 'static-pod-update', { node })],
      lasting: lastingIn(change, msg('source-node-file', { node })),
    })
  },
}
