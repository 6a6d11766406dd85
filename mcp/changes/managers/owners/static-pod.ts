/** A static pod: the API shows a mirror of a pod that a kubelet runs from a file on its node. */
import { textAt } from '../../../kubernetes/read/fields'
import { fact } from '../fact'
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
    const text = isRemoval(change)
      ? 'A static pod of node {node}: the kubelet shows it again at once, and the containers keep running.'
      : 'A static pod of node {node}: the kubelet runs its own file and ignores the change.'
    return Promise.resolve({
      notes: [fact(isRemoval(change) ? 'static-pod-delete' : 'static-pod-update', text, { node })],
      lasting: lastingIn(change, `the manifest file on node ${node}`),
    })
  },
}
