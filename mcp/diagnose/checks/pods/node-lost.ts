/** Pods on a node that does not report: what the node breaks. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'
import { isNodeReady } from '../cluster/node-ready'

export const nodeLost: Check = {
  id: 'node-lost',
  reads: ['Pod', 'Node'],
  reference: 'https://kubernetes.io/docs/concepts/architecture/nodes/#node-status',
  find: findAll,
  samples: {
    fires: [
      `
- {kind: Node, metadata: {name: n1}, status: {conditions: [{type: Ready, status: Unknown, lastTransitionTime: "2026-11-29T11:00:00Z"}]}}
- {kind: Pod, metadata: {name: p}, spec: {nodeName: n1, containers: [{name: p}]}, status: {phase: Running, conditions: [{type: Ready, status: "False"}], containerStatuses: [{name: p, ready: true, restartCount: 0, state: {running: {}}}]}}`,
    ],
    silent: [
      `
- {kind: Node, metadata: {name: n1}, status: {conditions: [{type: Ready, status: "True"}]}}
- {kind: Pod, metadata: {name: p}, spec: {nodeName: n1, containers: [{name: p}]}, status: {phase: Running, conditions: [{type: Ready, status: "False"}], containerStatuses: [{name: p, ready: false, restartCount: 0, state: {running: {}}}]}}`,
    ],
  },
}

function findAll(world: World): Found[] {
  const lost = new Set(
    world
      .list('Node')
      .filter((node) => !isNodeReady(node))
      .map(({ metadata }) => metadata.name),
  )
  if (lost.size === 0) return []
  return world.list('Pod').flatMap((pod): Found[] => {
    const node = textAt(pod, 'spec', 'nodeName')
    if (node === undefined || !lost.has(node) || !isNotReady(pod)) return []
    return [
      {
        object: refOf(pod),
        severity: 'warning',
        certainty: 'certain',
        cause: msg('pod-node-lost', { node }),
        next: msg('next-node-not-ready'),
        evidence: [],
        because: [{ kind: 'Node', name: node }],
        onlyAsEffect: true,
      },
    ]
  })
}

function isNotReady(pod: unknown): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') !== 'True',
  )
}
