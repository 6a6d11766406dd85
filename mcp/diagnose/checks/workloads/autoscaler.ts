/** A HorizontalPodAutoscaler that cannot scale. */
import { listAt, numberAt } from '../../../../shared/kubernetes/fields'
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import type { Condition } from '../../../../shared/kubernetes/health/conditions'
import { autoscalerHealth } from '../../../../shared/kubernetes/health/kinds/scaling'
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { nameOf, refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'
import { scaleTarget } from '../../chains/dependencies'

const METRICS = { kind: 'apiregistration.k8s.io/APIService', name: 'v1beta1.metrics.k8s.io' }

export const autoscaler: Check = {
  id: 'autoscaler',
  reads: ['autoscaling/HorizontalPodAutoscaler'],
  reference: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/',
  find: (world) => world.list('autoscaling/HorizontalPodAutoscaler').flatMap((scaler) => findIn(world, scaler)),
  samples: {
    fires: [
      `
- {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: w, namespace: a, creationTimestamp: "2026-11-29T10:00:00Z"}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: gone}}, status: {conditions: [{type: AbleToScale, status: "False", reason: FailedGetScale, message: 'deployments.apps "gone" not found'}]}}`,
      `
- {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: w, namespace: a, creationTimestamp: "2026-11-29T10:00:00Z"}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: w}}, status: {conditions: [{type: ScalingActive, status: "False", reason: FailedGetResourceMetric, message: "missing request for cpu in container w", lastTransitionTime: "2026-11-29T10:00:00Z"}]}}`,
    ],
    silent: [
      `
- {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: w, namespace: a}, spec: {minReplicas: 2, maxReplicas: 5}, status: {currentReplicas: 2, conditions: [{type: AbleToScale, status: "True"}, {type: ScalingActive, status: "True"}, {type: ScalingLimited, status: "True", reason: TooFewReplicas}]}}`,
    ],
  },
}

/** A reason that will not go away by itself, so it is reported at once. */
const LASTING = /missing request for|not found|no matches for kind|invalid metric|unable to find metric|selector/

function findIn(world: World, scaler: KubeObject): Found[] {
  const conditions = conditionsOf(scaler)
  const failing = [condition(conditions, 'AbleToScale'), condition(conditions, 'ScalingActive')].find(
    (each) => each?.status === 'False' && each.reason !== 'ScalingDisabled',
  )
  const [target] = scaleTarget(scaler)
  const isTargetMissing = target !== undefined && world.isMissing(target)
  if (!failing && !isTargetMissing) return atMaximum(scaler, condition(conditions, 'ScalingLimited'))
  const health = autoscalerHealth(scaler, { now: world.now })
  const message = failing?.message ?? ''
  if (!isTargetMissing && health.verdict !== 'bad' && !LASTING.test(message)) return []
  const { cause, next } = isTargetMissing
    ? { cause: msg('autoscaler-target', { target: nameOf(target) }), next: msg('next-autoscaler-target') }
    : reasonOf(message)
  return [
    {
      object: refOf(scaler),
      severity: 'warning',
      certainty: 'certain',
      cause,
      next,
      evidence: failing ? [fact('status', `${failing.type} ${failing.reason ?? ''}: ${message}`)] : [],
      because: [METRICS, ...(target && !isTargetMissing ? [target] : [])],
    },
  ]
}

function reasonOf(message: string): { cause: Message; next: Message } {
  const resource = /missing request for (\w+)/.exec(message)?.[1]
  if (resource !== undefined)
    return { cause: msg('autoscaler-request', { resource }), next: msg('next-autoscaler-request') }
  if (/metrics API|no metrics returned|unable to get metrics|external metrics|custom metrics/.test(message))
    return { cause: msg('autoscaler-metrics'), next: msg('next-autoscaler-metrics') }
  return { cause: msg('autoscaler-failing'), next: msg('next-autoscaler-failing') }
}

/** At its maximum, and its load is still above the target. */
function atMaximum(scaler: KubeObject, limited: Condition | undefined): Found[] {
  if (limited?.status !== 'True' || limited.reason !== 'TooManyReplicas') return []
  const loads = listAt(scaler, 'status', 'currentMetrics').flatMap(
    (each) => numberAt(each, 'resource', 'current', 'averageUtilization') ?? [],
  )
  const targets = listAt(scaler, 'spec', 'metrics').flatMap(
    (each) => numberAt(each, 'resource', 'target', 'averageUtilization') ?? [],
  )
  const [load, target] = [Math.max(0, ...loads), Math.min(Number.MAX_SAFE_INTEGER, ...targets)]
  if (load <= target * 1.1) return []
  const maximum = numberAt(scaler, 'spec', 'maxReplicas') ?? 0
  return [
    {
      object: refOf(scaler),
      severity: 'warning',
      certainty: 'certain',
      cause: msg('autoscaler-maximum', { maximum, load, target }),
      next: msg('next-autoscaler-maximum'),
      evidence: [fact('status', `${limited.reason}: ${limited.message ?? ''}`)],
    },
  ]
}
