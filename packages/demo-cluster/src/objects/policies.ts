/** The HorizontalPodAutoscaler and the ResourceQuota, with their status from the pods and claims. */
import { parseQuantity } from '#shared/kubernetes/quantities'
import { autoscaler, quota } from '../data/policies'
import { before, metadata, timestamp, type Scene } from '../scene'
import type { Autoscaler, Condition, Deployment, PersistentVolumeClaim, Pod, PodMetrics, ResourceQuota } from '../types'

interface Measured {
  deployments: Deployment[]
  pods: Pod[]
  podMetrics: PodMetrics[]
}

export function buildAutoscalers(scene: Scene, measured: Measured): Autoscaler[] {
  const { namespace, name, age, deployment, minReplicas, maxReplicas, target } = autoscaler
  const found = measured.deployments.find((each) => isNamed(each, namespace, deployment))
  const used = found && usageOf(found, measured)
  const resource = { name: 'cpu' }
  const since = timestamp(before(scene, age - 60))
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata(scene, { kind: 'HorizontalPodAutoscaler', namespace, name, createdAt: before(scene, age) }),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
        minReplicas,
        maxReplicas,
        metrics: [
          { type: 'Resource', resource: { ...resource, target: { type: 'Utilization', averageUtilization: target } } },
        ],
      },
      status: {
        currentReplicas: found?.status.replicas ?? 0,
        desiredReplicas: found?.spec.replicas ?? 0,
        conditions: conditions(since),
        currentMetrics: used
          ? [{ type: 'Resource', resource: { ...resource, current: { averageUtilization: used, averageValue: '0' } } }]
          : [],
      },
    },
  ]
}

function conditions(lastTransitionTime: string): Condition[] {
  const of = (type: string, status: Condition['status'], reason: string, message: string): Condition => {
    return { type, status, reason, message, lastTransitionTime }
  }
  return [
    of('AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size'),
    of('ScalingActive', 'True', 'ValidMetricFound', 'the HPA was able to successfully calculate a replica count'),
    of('ScalingLimited', 'True', 'TooFewReplicas', 'the desired replica count is less than the minimum replica count'),
  ]
}

/** Used CPU as percent of the requested. */
function usageOf({ metadata: { namespace }, spec }: Deployment, { pods, podMetrics }: Measured): number | undefined {
  const labels = Object.entries(spec.selector.matchLabels)
  const own = pods.filter(({ metadata }) => {
    return metadata.namespace === namespace && labels.every(([key, value]) => metadata.labels?.[key] === value)
  })
  const names = new Set(own.map(({ metadata }) => metadata.name))
  const used = podMetrics
    .filter(({ metadata }) => metadata.namespace === namespace && names.has(metadata.name))
    .flatMap(({ containers }) => containers.map(({ usage }) => parseQuantity(usage.cpu) ?? 0))
  const requested = own.flatMap((pod) => pod.spec.containers.map((each) => cpuOf(each.resources.requests)))
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
  return sum(requested) > 0 && used.length > 0 ? Math.round((sum(used) / sum(requested)) * 100) : undefined
}

function cpuOf(requests: Record<string, string> | undefined): number {
  return parseQuantity(requests?.cpu ?? '0') ?? 0
}

export function buildQuotas(scene: Scene, pods: Pod[], claims: PersistentVolumeClaim[]): ResourceQuota[] {
  const { namespace, name, age, hard } = quota
  const inside = <T extends Pod | PersistentVolumeClaim>(all: T[]) => {
    return all.filter(({ metadata }) => metadata.namespace === namespace)
  }
  const running = inside(pods).filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: metadata(scene, { kind: 'ResourceQuota', namespace, name, createdAt: before(scene, age) }),
      spec: { hard },
      status: {
        hard,
        used: { persistentvolumeclaims: String(inside(claims).length), pods: String(running.length) },
      },
    },
  ]
}

function isNamed(object: Deployment, namespace: string, name: string): boolean {
  return object.metadata.namespace === namespace && object.metadata.name === name
}
