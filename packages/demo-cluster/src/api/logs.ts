/** `pods/log`: which run of which container, and which of its lines. */
import { logLines, type LogLine } from '../log-lines'
import type { LogScript } from '../data/logs'
import type { Scene } from '../scene'
import type { ContainerState, Pod } from '../types'
import { badRequest } from './status'

/** A run of a container, in milliseconds since the epoch; one that goes on has no end. */
interface Run {
  startedAt: number
  finishedAt?: number
}

export interface PodLog {
  /** Lines up to `now`, chosen by the query. */
  lines: LogLine[]
  /** More lines may come: what a `follow` waits for. */
  open: boolean
}

/**
 * Reads a pod's log.
 * @param script what the pod's container writes
 * @throws StatusError 400, in the words of the API server and the kubelet, where there is no such container or no log yet
 */
export function readPodLog(scene: Scene, pod: Pod, script: LogScript, query: URLSearchParams): PodLog {
  const container = chooseContainer(pod, query.get('container') ?? '')
  // Without a node there is no kubelet to ask, and the API server answers with nothing.
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
  // Times of the API are in whole seconds; the last line may come within the second that the run ended in.
  if (!terminated) return undefined
  return { startedAt: Date.parse(terminated.startedAt), finishedAt: Date.parse(terminated.finishedAt) + 999 }
}

function chooseLines(lines: LogLine[], now: number, query: URLSearchParams): LogLine[] {
  const seconds = wholeNumber(query, 'sinceSeconds')
  const time = query.get('sinceTime')
  const from = seconds !== undefined ? now - seconds * 1000 : time ? Date.parse(time) : 0
  if (Number.isNaN(from)) throw badRequest(`sinceTime: "${time}" is no RFC 3339 time`)
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

/** As Go's strconv.ParseBool reads the values that clients send. */
export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1'
}

/** Lines as they go over the wire, each with its time in front when asked, and cut at `limitBytes`. */
export function formatLines(lines: LogLine[], query: URLSearchParams): string {
  const timestamps = isTrue(query.get('timestamps'))
  const text = lines.map((each) => `${timestamps ? `${new Date(each.at).toISOString()} ` : ''}${each.text}\n`).join('')
  const limit = wholeNumber(query, 'limitBytes')
  return limit === undefined ? text : Buffer.from(text).subarray(0, limit).toString()
}
