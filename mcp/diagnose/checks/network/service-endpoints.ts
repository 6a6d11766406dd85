/** A Service without a ready endpoint. */
import { at, isRecord, textAt } from '../../../../shared/kubernetes/fields'
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { matchesLabels } from '../../../../shared/kubernetes/selectors'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { nameOf, refOf } from '../../ref'
import { selectedPods } from '../../chains/dependencies'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'

const WORKLOADS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'] as const

export const serviceEndpoints: Check = {
  id: 'service-endpoints',
  reads: ['Service', 'Pod', 'discovery.k8s.io/EndpointSlice'],
  reference:
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpointslices',
  find: findAll,
  samples: {
    fires: [
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: wbe}, ports: [{port: 80}]}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: a}, spec: {replicas: 1, template: {metadata: {labels: {app: web}}}}, status: {availableReplicas: 1, replicas: 1, updatedReplicas: 1}}
- {kind: Pod, metadata: {name: web-1, namespace: a, labels: {app: web}}, spec: {containers: [{name: w}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}`,
    ],
    silent: [
      `
- {kind: Service, metadata: {name: ext, namespace: a}, spec: {type: ExternalName, externalName: example.com}}
- {kind: Service, metadata: {name: manual, namespace: a}, spec: {ports: [{port: 80}]}}`,
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: web}, ports: [{port: 80}]}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: a}, spec: {replicas: 0, template: {metadata: {labels: {app: web}}}}, status: {}}`,
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: web}, ports: [{port: 80}]}}
- {kind: Pod, metadata: {name: web-1, namespace: a, labels: {app: web}}, spec: {containers: [{name: w}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
- {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: a, labels: {kubernetes.io/service-name: web}}, endpoints: [{conditions: {ready: true}}]}`,
    ],
  },
}

function findAll(world: World): Found[] {
  return world.list('Service').flatMap((service): Found[] => {
    const selector = at(service, 'spec', 'selector')
    if (textAt(service, 'spec', 'type') === 'ExternalName' || !isRecord(selector) || Object.keys(selector).length === 0)
      return []
    const { namespace } = service.metadata
    if (world.readyEndpoints(service.metadata) !== 0 || !world.covers('Pod', namespace)) return []
    const pods = selectedPods(world, service)
    return pods.length === 0 ? selectsNothing(world, service, selector) : notReady(world, service, pods)
  })
}

function selectsNothing(world: World, service: KubeObject, selector: Record<string, unknown>): Found[] {
  const workloads = WORKLOADS.flatMap((kind) => world.list(kind)).filter(
    (each) => each.metadata.namespace === service.metadata.namespace,
  )
  const labelsOf = (each: KubeObject) => recordOf(at(each, 'spec', 'template', 'metadata', 'labels'))
  const matching = workloads.find((each) => matchesLabels(selector, labelsOf(each)))
  // Scaled to zero on purpose, or its pods do not exist for a reason of their own.
  if (matching && at(matching, 'spec', 'replicas') === 0) return []
  const text = Object.entries(selector)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',')
  if (matching)
    return [
      {
        ...base(service, 'critical'),
        cause: msg('service-no-pods', { selector: text }),
        next: msg('next-workload-short'),
        evidence: [],
        because: [refOf(matching)],
        onlyAsEffect: true,
      },
    ]
  // A workload that was not read may be the one, scaled to zero.
  if (!WORKLOADS.every((kind) => world.covers(kind, service.metadata.namespace))) return []
  const near = nearest(
    service,
    selector,
    workloads.map((each) => ({ each, labels: labelsOf(each) })),
  )
  return [
    {
      ...base(service, 'critical'),
      cause: near
        ? msg('service-selector', { selector: text, workload: nameOf(refOf(near.each)) })
        : msg('service-selects-nothing', { selector: text }),
      next: near ? msg('next-service-selector') : msg('next-service-selects-nothing'),
      evidence: near ? [fact('spec', msg('evidence-labels', { labels: near.text }), nameOf(refOf(near.each)))] : [],
      because: [],
    },
  ]
}

/** The workload that the Service was probably meant for: of its name, or with most of its labels. */
function nearest(
  service: KubeObject,
  selector: Record<string, unknown>,
  workloads: { each: KubeObject; labels: Record<string, unknown> }[],
): { each: KubeObject; text: string } | undefined {
  const scored = workloads.map(({ each, labels }) => {
    const same = Object.entries(selector).filter(([key, value]) => labels[key] === value).length
    const keys = Object.keys(selector).filter((key) => key in labels).length
    const named = each.metadata.name === service.metadata.name ? 3 : 0
    return { each, labels, score: named + same * 2 + keys * 0.5 }
  })
  const [best] = scored.sort((one, other) => other.score - one.score)
  if (!best || best.score < 2) return undefined
  const text = Object.entries(best.labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',')
  return { each: best.each, text }
}

function notReady(world: World, service: KubeObject, pods: Ref[]): Found[] {
  // Pods that are ready and not among the endpoints: the controller is a moment behind.
  const isReady = pods.some((ref) => condition(conditionsOf(world.find(ref) ?? service), 'Ready')?.status === 'True')
  if (isReady) return []
  return [
    {
      ...base(service, 'critical'),
      cause: msg('service-pods-not-ready', { count: pods.length }),
      next: msg('next-workload-short'),
      evidence: [],
      because: pods,
      onlyAsEffect: true,
    },
  ]
}

function base(service: KubeObject, severity: Found['severity']): Pick<Found, 'object' | 'severity' | 'certainty'> {
  return { object: refOf(service), severity, certainty: 'certain' }
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
