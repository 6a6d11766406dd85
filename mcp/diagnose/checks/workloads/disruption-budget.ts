/** A PodDisruptionBudget that keeps a node from being drained. */
import { at, numberAt, textAt } from '../../../../shared/kubernetes/fields'
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import { dependenciesOf } from '../../chains/dependencies'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

export const disruptionBudget: Check = {
  id: 'disruption-budget',
  reads: ['policy/PodDisruptionBudget', 'Pod'],
  reference: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  find: (world) => world.list('policy/PodDisruptionBudget').flatMap((budget) => findIn(world, budget)),
  samples: {
    fires: [
      `
- {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p, namespace: a}, spec: {minAvailable: 1, selector: {matchLabels: {app: w}}}, status: {disruptionsAllowed: 0, expectedPods: 1, currentHealthy: 1, desiredHealthy: 1}}
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: w}}, spec: {nodeName: n, containers: [{name: w}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
- {kind: Node, metadata: {name: n}, spec: {unschedulable: true}, status: {conditions: [{type: Ready, status: "True"}]}}`,
    ],
    silent: [
      `
- {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p, namespace: a}, spec: {minAvailable: 1, selector: {matchLabels: {app: w}}}, status: {disruptionsAllowed: 0, expectedPods: 1, currentHealthy: 1, desiredHealthy: 1}}
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: w}}, spec: {nodeName: n, containers: [{name: w}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
- {kind: Node, metadata: {name: n}, status: {conditions: [{type: Ready, status: "True"}]}}`,
    ],
  },
}

function findIn(world: World, budget: KubeObject): Found[] {
  const sync = condition(conditionsOf(budget), 'DisruptionAllowed')
  if (sync?.status === 'False' && sync.reason === 'SyncFailed')
    return [found(budget, 'certain', msg('budget-sync'), [fact('status', sync.message ?? sync.reason)])]
  const expected = numberAt(budget, 'status', 'expectedPods') ?? 0
  const healthy = numberAt(budget, 'status', 'currentHealthy') ?? 0
  if (numberAt(budget, 'status', 'disruptionsAllowed') !== 0 || expected === 0 || healthy < expected) return []
  const cordoned = new Set(
    world
      .list('Node')
      .filter((node) => at(node, 'spec', 'unschedulable') === true)
      .map(({ metadata }) => metadata.name),
  )
  const blocked = dependenciesOf(world, refOf(budget)).flatMap((ref) => {
    const node = textAt(world.find(ref), 'spec', 'nodeName')
    return node !== undefined && cordoned.has(node) ? [node] : []
  })
  const [node] = blocked
  if (node === undefined) return []
  return [
    found(
      budget,
      'likely',
      msg('budget-blocks', { node, healthy, wanted: numberAt(budget, 'status', 'desiredHealthy') ?? '?' }),
      [],
    ),
  ]
}

function found(
  budget: KubeObject,
  certainty: Found['certainty'],
  cause: Found['cause'],
  evidence: Found['evidence'],
): Found {
  return { object: refOf(budget), severity: 'warning', certainty, cause, next: msg('next-budget'), evidence }
}
