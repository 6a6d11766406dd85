/** `pods/log`: chooses the container's run and its lines. */
import { logLines, type LogLine } from '../log-lines'
import type { LogScript } from '../data/logs'
import type { Scene } from '../scene'
import type { ContainerState, Pod } from '../types'
import { badRequest } from './status'

/** A run of a container in milliseconds since the epoch; a current run has no end. */
interface Run {
  startedAt: number
  finishedAt?: number
}

export interface PodLog {
  /** Lines up to `now` that match the query. */
  lines: LogLine[]
  /** More lines may follow: `follow` waits for them. */
  open: boolean
}

/**
 * Reads a pod's log.
 * @param script output of the pod's container
 * @throws StatusError 400, with the API server's or kubelet's message, if the container or its log does not exist
 */
export function readPodLog(scene: Scene, pod: Pod, script: LogScript, query: URLSearchParams): PodLog {
  const container = chooseContainer(pod, query.get('container') ?? '')
  // An unscheduled pod has no kubelet, and the API server returns an empty log.
  if (!pod.spec.nodeName) return { lines: [], open: false }
  const run = chooseRun(pod, container, isTrue(query.get('previous')))
  const lines = logLines(script, run.startedAt, run.finishedAt ?? scene.now)
  return { lines: chooseLines(lines, scene.now, query), open: run.finishedAt === undefined }
}

function chooseContainer(pod: Pod, name: string): string {
  const names = pod.spec.containers.map((each) => each.name)
  const podName = pod.metadata.name
  if (name && !names.includes(name)) throw badRequest(`container ${name} is not valid for pod ${podName}`)
  if (name) return name
  const [only = '', ...others] = names
  if (others.length === 0) return only
  throw badRequest(`a container name must be specified for pod ${podName}, choose one of: [${names.join(' ')}]`)
}

function chooseRun(pod: Pod, container: string, previous: boolean): Run {
  const status = pod.status.containerStatuses?.find((each) => each.name === container)
  const subject = `container "${container}" in pod "${pod.metadata.name}"`
  if (!status) throw badRequest(`${subject} is not available`)
  const { state, lastState } = status
  if (previous) {
    const run = endedRun(lastState)
    if (!run) throw badRequest(`previous terminated ${subject} not found`)
    return run
  }
  if (state.running) return { startedAt: Date.parse(state.running.startedAt) }
  const run = endedRun(state) ?? endedRun(lastState)
  if (run) return run
  const reason = state.waiting?.reason ?? ''
  const known: Record<string, string> = {
    ErrImagePull: "image can't be pulled",
    ImagePullBackOff: 'trying and failing to pull image',
  }
  throw badRequest(`${subject} is waiting to start: ${known[reason] ?? reason}`)
}

function endedRun({ terminated }: ContainerState): Run | undefined {
  // API times have whole seconds, so the last line may be in the same second as the end.
  if (!terminated) return undefined
  return { startedAt: Date.parse(terminated.startedAt), finishedAt: Date.parse(terminated.finishedAt) + 999 }
}

function chooseLines(lines: LogLine[], now: number, query: URLSearchParams): LogLine[] {
  const seconds = wholeNumber(query, 'sinceSeconds')
  const time = query.get('sinceTime')
  const from = seconds !== undefined ? now - seconds * 1000 : time ? Date.parse(time) : 0
  if (Number.isNaN(from)) throw badRequest(`sinceTime: "${time}" is not an RFC 3339 time`)
  const recent = lines.filter(({ at }) => at >= from)
  const tail = wholeNumber(query, 'tailLines')
  return tail === undefined ? recent : recent.slice(Math.max(0, recent.length - tail))
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw badRequest(`${name}: Invalid value: "${text}": must be greater than or equal to 0`)
  return Number(text)
}

/** Parses booleans like Go's strconv.ParseBool. */
export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1'
}

/** Formats lines for the response, with times if requested, limited to `limitBytes`. */
export function formatLines(lines: LogLine[], query: URLSearchParams): string {
  const timestamps = isTrue(query.get('timestamps'))
  const text = lines.map((each) => `${timestamps ? `${new Date(each.at).toISOString()} ` : ''}${each.text}\n`).join('')
  const limit = wholeNumber(query, 'limitBytes')
  return limit === undefined ? text : Buffer.from(text).subarray(0, limit).toString()
}
