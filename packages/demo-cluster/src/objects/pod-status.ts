/** The kubelet's and scheduler's status for pods of each behaviour. */
import { digest, timestamp, type Scene } from '../scene'
import { START_DELAY_MS, type PodSource } from '../state/pod-set'
import type { Condition, Container, ContainerState, ContainerStatus, PodStatus } from '../types'
import { crashLoop } from './crash-loop'

export interface PodPlace {
  name: string
  namespace: string
  uid: string
  /** Milliseconds since the epoch. */
  createdAt: number
  hostIP?: string
  podIP?: string
}

/** Duration of a completed Job's pod: until the last line of its log. */
export const JOB_RUN_MS = 38_000

/** The scheduler's message for a pod that requests more CPU than any worker has. */
export const UNSCHEDULABLE =
  '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient cpu. ' +
  'preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, ' +
  '2 No preemption victims found for incoming pod.'

/** containerd's message for an image that the registry lacks. */
export function pullError(image: string): string {
  return (
    `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ` +
    `failed to resolve reference "${image}": ${image}: not found`
  )
}

/** The stage of a pod. A crashing pod runs until its first failure, then always waits. */
export type Stage = 'starting' | 'running' | 'waiting' | 'ended'

export function stageOf({ behaviour }: PodSource, createdAt: number, now: number): Stage {
  const started = createdAt + START_DELAY_MS
  if (now < started) return 'starting'
  switch (behaviour) {
    case 'healthy':
      return 'running'
    case 'completed':
      return now < started + JOB_RUN_MS ? 'running' : 'ended'
    case 'image-missing':
    case 'too-big':
      return 'waiting'
    case 'crash-loop':
      return now < crashLoop(started, now).finishedAt ? 'running' : 'waiting'
  }
}

export function podStatus(scene: Scene, source: PodSource, pod: PodPlace): PodStatus {
  const { containers } = source.template.spec
  const burstable = containers.some(
    ({ resources: { requests, limits } }) => Object.keys(requests ?? {}).length + Object.keys(limits ?? {}).length > 0,
  )
  const qosClass = burstable ? 'Burstable' : 'BestEffort'
  if (source.behaviour === 'too-big') {
    return { conditions: [unscheduled(pod.createdAt)], phase: 'Pending', qosClass }
  }
  const stage = stageOf(source, pod.createdAt, scene.now)
  return {
    conditions: conditions(source, stage, pod.createdAt),
    containerStatuses: containers.map((container) => containerStatus(scene, source, stage, pod, container)),
    ...(pod.hostIP && { hostIP: pod.hostIP, hostIPs: [{ ip: pod.hostIP }] }),
    phase: phase(source, stage),
    ...(pod.podIP && stage !== 'starting' && { podIP: pod.podIP, podIPs: [{ ip: pod.podIP }] }),
    qosClass,
    startTime: timestamp(pod.createdAt),
  }
}

function phase({ behaviour }: PodSource, stage: Stage): string {
  if (stage === 'ended') return 'Succeeded'
  // No container of the pod has ever run.
  if (stage === 'starting' || behaviour === 'image-missing') return 'Pending'
  return 'Running'
}

function containerStatus(
  scene: Scene,
  { behaviour }: PodSource,
  stage: Stage,
  pod: PodPlace,
  { name, image }: Container,
): ContainerStatus {
  const loop = crashLoop(pod.createdAt + START_DELAY_MS, scene.now)
  const crashed = behaviour === 'crash-loop' && stage === 'waiting'
  const restarts = crashed ? loop.restarts : 0
  const containerID = `containerd://${digest(`${pod.uid}/${restarts}`)}`
  const pulled = behaviour !== 'image-missing' && stage !== 'starting'
  return {
    ...(pulled && { containerID }),
    image,
    imageID: pulled ? `${image.replace(/:[^:/]*$/, '')}@sha256:${digest(image)}` : '',
    lastState: crashed ? { terminated: ended(1, loop.startedAt, loop.finishedAt, containerID) } : {},
    name,
    ready: stage === 'running',
    restartCount: restarts,
    started: stage === 'running',
    state: currentState(behaviour, stage, pod, { name, image, backOff: loop.backOffSeconds, containerID }),
  }
}

function currentState(
  behaviour: PodSource['behaviour'],
  stage: Stage,
  pod: PodPlace,
  container: { name: string; image: string; backOff: number; containerID: string },
): ContainerState {
  const { name, image, backOff, containerID } = container
  const started = pod.createdAt + START_DELAY_MS
  switch (stage) {
    case 'starting':
      return { waiting: { reason: 'ContainerCreating' } }
    case 'running':
      return { running: { startedAt: timestamp(started) } }
    case 'ended':
      return { terminated: ended(0, started, started + JOB_RUN_MS, containerID) }
    case 'waiting': {
      if (behaviour === 'image-missing') {
        const message = `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`
        return { waiting: { message, reason: 'ImagePullBackOff' } }
      }
      const delay = backOff < 60 ? `${backOff}s` : `${Math.floor(backOff / 60)}m${backOff % 60}s`
      const id = `${pod.name}_${pod.namespace}(${pod.uid})`
      const message = `back-off ${delay} restarting failed container=${name} pod=${id}`
      return { waiting: { message, reason: 'CrashLoopBackOff' } }
    }
  }
}

function ended(exitCode: number, startedAt: number, finishedAt: number, containerID: string) {
  const reason = exitCode === 0 ? 'Completed' : 'Error'
  return { containerID, exitCode, finishedAt: timestamp(finishedAt), reason, startedAt: timestamp(startedAt) }
}

function conditions({ template }: PodSource, stage: Stage, createdAt: number): Condition[] {
  const done = stage === 'ended'
  const names = template.spec.containers.map(({ name }) => name).join(' ')
  const unready: Partial<Condition> = done
    ? { reason: 'PodCompleted' }
    : { message: `containers with unready status: [${names}]`, reason: 'ContainersNotReady' }
  const condition = (type: string, holds: boolean, why: Partial<Condition> = {}): Condition => ({
    lastProbeTime: null,
    lastTransitionTime: timestamp(createdAt + (done ? JOB_RUN_MS : 0) + (stage === 'starting' ? 0 : START_DELAY_MS)),
    ...why,
    status: holds ? 'True' : 'False',
    type,
  })
  const ready = stage === 'running'
  return [
    condition('PodReadyToStartContainers', !done && stage !== 'starting'),
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
