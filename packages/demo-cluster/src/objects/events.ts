/** The history of each workload as events of controllers, scheduler and kubelet. */
import { digest, metadata, timestamp, type Scene } from '../scene'
import { START_DELAY_MS, type PodSet, type PodSource } from '../state/pod-set'
import type { KubeEvent, KubeObject, Pod } from '../types'
import { crashLoop, RUN_MS } from './crash-loop'
import { pullError, UNSCHEDULABLE } from './pod-status'

/** The API server's default `--event-ttl`. */
const EVENT_TTL_MS = 60 * 60 * 1000

/** Something that happened to one object; times in milliseconds since the epoch. */
interface Happening {
  object: KubeObject
  /** The part of the object, e.g. `spec.containers{cart}`. */
  fieldPath?: string
  warning?: boolean
  reason: string
  message: string
  component: string
  host?: string
  first: number
  last?: number
  count?: number
}

/**
 * A controller's events that have not expired.
 * @param controllers the pods' owners, outermost first
 */
export function buildEvents(
  scene: Scene,
  podSet: PodSet | undefined,
  controllers: KubeObject[],
  pods: MadePod[],
): KubeEvent[] {
  const happenings = [
    ...(podSet?.kind === 'Deployment' ? deploymentHappenings(scene, podSet, controllers, pods) : []),
    ...pods.flatMap(({ pod, source }) => podHappenings(scene, source, pod)),
  ]
  return happenings
    .map((each, index) => ({ event: buildEvent(scene, each, index), seen: each.last ?? each.first }))
    .filter(({ seen }) => seen > scene.now - EVENT_TTL_MS && seen <= scene.now)
    .map(({ event }) => event)
}

export interface MadePod {
  pod: Pod
  source: PodSource
}

function deploymentHappenings(scene: Scene, podSet: PodSet, controllers: KubeObject[], pods: MadePod[]): Happening[] {
  const [deployment, ...replicaSets] = controllers
  if (!deployment) return []
  const scalings: Happening[] = podSet.scalings.map(({ at, owner, from, to }) => ({
    object: deployment,
    reason: 'ScalingReplicaSet',
    message: `Scaled ${to > from ? 'up' : 'down'} replica set ${owner} from ${from} to ${to}`,
    component: 'deployment-controller',
    first: at,
  }))
  const created = pods.flatMap(({ pod }): Happening[] => {
    const owner = replicaSets.find(({ metadata: { uid } }) => uid === pod.metadata.ownerReferences?.[0]?.uid)
    if (!owner) return []
    const createdAt = Date.parse(pod.metadata.creationTimestamp)
    return [
      {
        object: owner,
        reason: 'SuccessfulCreate',
        message: `Created pod: ${pod.metadata.name}`,
        component: 'replicaset-controller',
        first: Math.max(Date.parse(owner.metadata.creationTimestamp), createdAt > scene.startedAt ? createdAt : 0),
      },
    ]
  })
  return [...scalings, ...created]
}

/** Events of one pod and of its owner about it. */
function podHappenings(scene: Scene, source: PodSource, pod: Pod): Happening[] {
  const createdAt = Date.parse(pod.metadata.creationTimestamp)
  const { name, namespace = '', uid } = pod.metadata
  const host = pod.spec.nodeName
  if (source.behaviour === 'too-big') {
    return [
      {
        object: pod,
        warning: true,
        reason: 'FailedScheduling',
        message: UNSCHEDULABLE,
        component: 'default-scheduler',
        first: createdAt,
        ...repeated(createdAt, scene.now, 300),
      },
    ]
  }
  const scheduled: Happening = {
    object: pod,
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${host}`,
    component: 'default-scheduler',
    first: createdAt,
  }
  const { name: container = '', image = '' } = source.template.spec.containers[0] ?? {}
  const kubelet = { object: pod, fieldPath: `spec.containers{${container}}`, component: 'kubelet', host }
  if (source.behaviour === 'image-missing') {
    return [scheduled, ...pullHappenings(scene, image, createdAt).map((each) => ({ ...kubelet, ...each }))]
  }
  const first = createdAt + START_DELAY_MS
  const loop = crashLoop(first, scene.now)
  const crashing = source.behaviour === 'crash-loop'
  const runs = crashing ? { last: loop.startedAt, count: loop.restarts + 1 } : {}
  const started: Happening[] = [
    { ...kubelet, reason: 'Pulled', message: `Container image "${image}" already present on machine`, first, ...runs },
    { ...kubelet, reason: 'Created', message: `Created container: ${container}`, first, ...runs },
    { ...kubelet, reason: 'Started', message: `Started container ${container}`, first, ...runs },
  ]
  if (!crashing || loop.finishedAt > scene.now) return [scheduled, ...started]
  const message = `Back-off restarting failed container ${container} in pod ${name}_${namespace}(${uid})`
  const backOff = { warning: true, reason: 'BackOff', message, first: first + RUN_MS }
  return [scheduled, ...started, { ...kubelet, ...backOff, ...repeated(first + RUN_MS, scene.now, 13) }]
}

type KubeletHappening = Pick<Happening, 'warning' | 'reason' | 'message' | 'first' | 'last' | 'count'>

function pullHappenings(scene: Scene, image: string, createdAt: number): KubeletHappening[] {
  const first = createdAt + START_DELAY_MS
  const tries = { first, ...repeated(first, scene.now, 300) }
  const waits = { first: first + 1000, ...repeated(first + 1000, scene.now, 14) }
  return [
    { reason: 'Pulling', message: `Pulling image "${image}"`, ...tries },
    { warning: true, reason: 'Failed', message: `Failed to pull image "${image}": ${pullError(image)}`, ...tries },
    { warning: true, reason: 'Failed', message: 'Error: ErrImagePull', ...tries },
    { reason: 'BackOff', message: `Back-off pulling image "${image}"`, ...waits },
    { warning: true, reason: 'Failed', message: 'Error: ImagePullBackOff', ...waits },
  ]
}

/** A periodic event: its last time and its count. */
function repeated(first: number, now: number, everySeconds: number): { last: number; count: number } {
  const again = Math.max(0, Math.floor((now - first) / (everySeconds * 1000)))
  return { last: first + again * everySeconds * 1000, count: again + 1 }
}

function buildEvent(scene: Scene, happening: Happening, index: number): KubeEvent {
  const { object, reason, message, component, host, first, fieldPath } = happening
  const last = happening.last ?? first
  const { name, namespace = 'default', uid, resourceVersion } = object.metadata
  return {
    apiVersion: 'v1',
    count: happening.count ?? 1,
    eventTime: null,
    firstTimestamp: timestamp(first),
    involvedObject: {
      apiVersion: object.apiVersion,
      ...(fieldPath && { fieldPath }),
      kind: object.kind,
      name,
      namespace,
      resourceVersion,
      uid,
    },
    kind: 'Event',
    lastTimestamp: timestamp(last),
    message,
    metadata: metadata(scene, {
      kind: 'Event',
      namespace,
      // client-go appends the time in hex. Here the position and a digest give the same order and the same name in
      // every run.
      name: `${name}.18${index.toString(16).padStart(2, '0')}${digest(`${object.kind}/${uid}/${reason}/${message}`).slice(0, 12)}`,
      createdAt: first,
      changedAt: last,
    }),
    reason,
    reportingComponent: component,
    reportingInstance: host ?? '',
    source: { component, ...(host && { host }) },
    type: happening.warning ? 'Warning' : 'Normal',
  }
}
