/** A node that is not ready, or short of a resource. */
import { condition, conditionsOf, explainCondition } from '../../../../shared/kubernetes/health/conditions'
import { formatAge } from '../../../../shared/kubernetes/durations'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'
import { isNodeReady } from './node-ready'

const PRESSURE = /^(?:Memory|Disk|PID)Pressure$|^NetworkUnavailable$/

export const node: Check = {
  id: 'node',
  reads: ['Node'],
  reference: 'https://kubernetes.io/docs/tasks/debug/debug-cluster/#example-debugging-a-down-unreachable-node',
  find: (world) => world.list('Node').flatMap((each) => [...notReady(world, each), ...pressures(each)]),
  samples: {
    fires: [
      `
- {kind: Node, metadata: {name: n}, status: {conditions: [{type: Ready, status: Unknown, reason: NodeStatusUnknown, message: "Kubelet stopped posting node status.", lastTransitionTime: "2026-11-29T11:00:00Z"}]}}`,
      `
- {kind: Node, metadata: {name: n}, status: {conditions: [{type: Ready, status: "True"}, {type: DiskPressure, status: "True", reason: KubeletHasDiskPressure}]}}`,
    ],
    silent: [
      `
- {kind: Node, metadata: {name: n}, spec: {unschedulable: true}, status: {conditions: [{type: Ready, status: "True"}, {type: MemoryPressure, status: "False"}]}}`,
    ],
  },
}

function notReady(world: World, object: KubeObject): Found[] {
  const ready = condition(conditionsOf(object), 'Ready')
  if (!ready || isNodeReady(object)) return []
  const age = ready.since === undefined ? '?' : formatAge((world.now - ready.since) / 1000)
  const isSilent = ready.status === 'Unknown'
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: 'certain',
      cause: isSilent ? msg('node-silent', { age }) : msg('node-not-ready', { age }),
      next: isSilent ? msg('next-node-silent') : msg('next-node-not-ready'),
      evidence: [fact('status', explainCondition(ready))],
    },
  ]
}

function pressures(object: KubeObject): Found[] {
  return conditionsOf(object)
    .filter(({ type, status }) => status === 'True' && PRESSURE.test(type))
    .map((each) => ({
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: msg('node-pressure', { condition: each.type }),
      next: msg('next-node-pressure'),
      evidence: [fact('status', explainCondition(each))],
    }))
}
