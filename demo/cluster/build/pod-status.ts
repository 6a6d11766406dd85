/** The status that the kubelet and the scheduler would write for a pod of each behaviour. */
import type { Workload } from '../data/workload'
import { digest, timestamp, type Scene } from '../scene'
import type { Condition, ContainerState, ContainerStatus, PodStatus } from '../types'
import { crashLoop } from './crash-loop'

export interface PodPlace {
  name: string
  uid: string
  /** Milliseconds since the epoch. */
  createdAt: number
  hostIP?: string
  podIP?: string
}

/** From scheduling to the first start of the container, in milliseconds. */
export const START_DELAY_MS = 2000
/** How long the pod of a completed Job ran: to the last line of its log. */
export const JOB_RUN_MS = 38_000

/** Why no node takes a pod that asks for more CPU than a worker has. */
export const UNSCHEDULABLE =
  '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient cpu. ' +
  'preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, ' +
  '2 No preemption victims found for incoming pod.'

/** What containerd says of an image that the registry does not have. */
export function pullError(image: string): string {
  return (
    `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ` +
    `failed to resolve reference "${image}": ${image}: not found`
  )
}

export function podStatus(scene: Scene, workload: Workload, pod: PodPlace): PodStatus {
  const qosClass = workload.requests || workload.limits ? 'Burstable' : 'BestEffort'
  if (workload.behaviour === 'too-big') {
    return { conditions: [unscheduled(pod.createdAt)], phase: 'Pending', qosClass }
  }
  const started = pod.createdAt + START_DELAY_MS
  return {
    conditions: conditions(workload, pod.createdAt),
    containerStatuses: [containerStatus(scene, workload, pod)],
    ...(pod.hostIP && { hostIP: pod.hostIP, hostIPs: [{ ip: pod.hostIP }] }),
    phase: phase(workload),
    ...(pod.podIP && { podIP: pod.podIP, podIPs: [{ ip: pod.podIP }] }),
    qosClass,
    startTime: timestamp(started - START_DELAY_MS),
  }
}

function phase(workload: Workload): string {
  if (workload.behaviour === 'completed') return 'Succeeded'
  // No container of the pod has ever run.
  if (workload.behaviour === 'image-missing') return 'Pending'
  return 'Running'
}

function containerStatus(scene: Scene, workload: Workload, pod: PodPlace): ContainerStatus {
  const { image, behaviour } = workload
  const loop = crashLoop(pod.createdAt + START_DELAY_MS, scene.now)
  const restarts = behaviour === 'crash-loop' ? loop.restarts : 0
  const containerID = `containerd://${digest(`${pod.uid}/${restarts}`)}`
  const pulled = behaviour !== 'image-missing'
  return {
    ...(pulled && { containerID }),
    image,
    imageID: pulled ? `${image.replace(/:[^:/]*$/, '')}@sha256:${digest(image)}` : '',
    lastState: behaviour === 'crash-loop' ? { terminated: ended(1, loop.startedAt, loop.finishedAt, containerID) } : {},
    name: workload.container ?? workload.name,
    ready: behaviour === 'healthy',
    restartCount: restarts,
    started: behaviour === 'healthy',
    state: currentState(workload, pod, loop.backOffSeconds, containerID),
  }
}

function currentState(workload: Workload, pod: PodPlace, backOff: number, containerID: string): ContainerState {
  const started = pod.createdAt + START_DELAY_MS
  switch (workload.behaviour) {
    case 'healthy':
    case 'too-big':
      return { running: { startedAt: timestamp(started) } }
    case 'completed':
      return { terminated: ended(0, started, started + JOB_RUN_MS, containerID) }
    case 'image-missing': {
      const message = `Back-off pulling image "${workload.image}": ErrImagePull: ${pullError(workload.image)}`
      return { waiting: { message, reason: 'ImagePullBackOff' } }
    }
    case 'crash-loop': {
      const delay = backOff < 60 ? `${backOff}s` : `${Math.floor(backOff / 60)}m${backOff % 60}s`
      const container = workload.container ?? workload.name
      const id = `${pod.name}_${workload.namespace}(${pod.uid})`
      const message = `back-off ${delay} restarting failed container=${container} pod=${id}`
      return { waiting: { message, reason: 'CrashLoopBackOff' } }
    }
  }
}

function ended(exitCode: number, startedAt: number, finishedAt: number, containerID: string) {
  const reason = exitCode === 0 ? 'Completed' : 'Error'
  return { containerID, exitCode, finishedAt: timestamp(finishedAt), reason, startedAt: timestamp(startedAt) }
}

function conditions(workload: Workload, createdAt: number): Condition[] {
  const { behaviour } = workload
  const done = behaviour === 'completed'
  const container = workload.container ?? workload.name
  const unready: Partial<Condition> = done
    ? { reason: 'PodCompleted' }
    : { message: `containers with unready status: [${container}]`, reason: 'ContainersNotReady' }
  const condition = (type: string, holds: boolean, why: Partial<Condition> = {}): Condition => ({
    lastProbeTime: null,
    lastTransitionTime: timestamp(createdAt + (done ? JOB_RUN_MS : 0) + START_DELAY_MS),
    ...why,
    status: holds ? 'True' : 'False',
    type,
  })
  const ready = behaviour === 'healthy'
  return [
    condition('PodReadyToStartContainers', !done),
    condition('Initialized', true, done ? unready : {}),
    condition('Ready', ready, ready ? {} : unready),
    condition('ContainersReady', ready, ready ? {} : unready),
    condition('PodScheduled', true),
  ]
}

function unscheduled(createdAt: number): Condition {
  return {
    lastProbeTime: null,
    lastTransitionTime: timestamp(createdAt),
    message: UNSCHEDULABLE,
    reason: 'Unschedulable',
    status: 'False',
    type: 'PodScheduled',
  }
}
