/** Pods: container states summarised as in kubectl's STATUS, READY and RESTARTS. */
import type { KubeObject } from '../../object'
import { condition, conditionsOf } from '../conditions'
import { deletionHealth } from '../deletion'
import type { Message } from '../../../messages/message'
import type { Health, HealthContext, Words } from '../health'
import { allOf, clusterWords, state } from '../state'
import { ageOf, secondsSince, shorten } from '../health'
import { at, isRecord, listAt, numberAt, textAt, timeAt } from '../../fields'
import type { PodFacts } from './pod-verdict'
import { podVerdict } from './pod-verdict'

export function podHealth(pod: KubeObject, { now }: HealthContext): Health {
  return podVerdict(podFacts(pod, now))
}

/** kubectl's STATUS of a pod (pkg/printers/internalversion/printers.go, printPod) and its reason. */
function podFacts(pod: KubeObject, now: number): PodFacts {
  const conditions = conditionsOf(pod)
  const statuses = containerStatuses(pod)
  const init = initStatus(statuses.init, listAt(pod, 'spec', 'initContainers').length)
  const isInitialized = condition(conditions, 'Initialized')?.status === 'True'
  const main = init === undefined || isInitialized ? mainStatus(statuses.main) : undefined

  const phase = textAt(pod, 'status', 'phase') ?? 'Unknown'
  const ownReason = textAt(pod, 'status', 'reason')
  const scheduled = condition(conditions, 'PodScheduled')
  const isReady = condition(conditions, 'Ready')?.status === 'True'
  const isEnded = phase === 'Succeeded' || phase === 'Failed'
  const isDeleted = timeAt(pod, 'metadata', 'deletionTimestamp') !== undefined

  let status = scheduled?.reason === 'SchedulingGated' ? 'SchedulingGated' : (ownReason ?? phase)
  let detail: Words | undefined =
    ownReason === undefined ? undefined : shorten(textAt(pod, 'status', 'message') ?? '') || undefined
  if (scheduled?.status === 'False' && status === 'Pending') detail = scheduled.message && shorten(scheduled.message)
  const found = main ?? init
  if (found) ({ status, detail } = found)
  if (status === 'Completed' && statuses.main.some(isRunning)) status = isReady ? 'Running' : 'NotReady'
  if (isDeleted) status = ownReason === 'NodeLost' ? 'Unknown' : isEnded ? status : 'Terminating'

  const counted = [...statuses.main, ...statuses.init.filter((one) => one.isSidecar)]
  const total = listAt(pod, 'spec', 'containers').length + statuses.init.filter((one) => one.isSidecar).length
  const ready = {
    ready: counted.filter((one) => at(one.status, 'ready') === true).length,
    total: Math.max(total, counted.length),
  }
  const readyCondition = condition(conditions, 'Ready')
  const notReadyFor =
    readyCondition && !isReady ? (secondsSince(readyCondition.since, now) ?? ageOf(pod, now)) : undefined
  const relevant = status.startsWith('Init:') ? statuses.init : counted
  return {
    status,
    ready,
    restarts: restartsOf(relevant, now),
    age: ageOf(pod, now) ?? secondsSince(timeAt(pod, 'status', 'startTime'), now),
    ...(status === 'Running' || status === 'NotReady' ? { notReadyFor } : {}),
    deletion: isEnded ? undefined : deletionHealth(pod, now),
    detail: detail ?? (status === 'Running' ? lastEnd(relevant) : undefined),
  }
}

interface ContainerStatus {
  name: string
  status: unknown
  isSidecar: boolean
}

interface Found {
  status: string
  detail: Words | undefined
}

function containerStatuses(pod: KubeObject): { init: ContainerStatus[]; main: ContainerStatus[] } {
  const sidecars = new Set(
    listAt(pod, 'spec', 'initContainers').flatMap((one) =>
      textAt(one, 'restartPolicy') === 'Always' ? [textAt(one, 'name') ?? ''] : [],
    ),
  )
  const read = (field: string): ContainerStatus[] =>
    listAt(pod, 'status', field).map((status) => {
      const name = textAt(status, 'name') ?? ''
      return { name, status, isSidecar: field === 'initContainerStatuses' && sidecars.has(name) }
    })
  return { init: read('initContainerStatuses'), main: read('containerStatuses') }
}

/** `Init:…` for the first incomplete init container; undefined if all are complete or started sidecars. */
function initStatus(statuses: ContainerStatus[], total: number): Found | undefined {
  for (const [index, one] of statuses.entries()) {
    const ended = at(one.status, 'state', 'terminated')
    if (isRecord(ended) && numberAt(ended, 'exitCode') === 0) continue
    if (one.isSidecar && at(one.status, 'started') === true) continue
    if (isRecord(ended)) return { status: `Init:${endReason(ended)}`, detail: describe(one) }
    const reason = textAt(one.status, 'state', 'waiting', 'reason')
    if (reason !== undefined && reason !== 'PodInitializing') return { status: `Init:${reason}`, detail: describe(one) }
    return { status: `Init:${index}/${total}`, detail: state('state-init-container', { name: one.name }) }
  }
  return undefined
}

/** The first container that waits or has terminated; undefined if all run. */
function mainStatus(statuses: ContainerStatus[]): Found | undefined {
  const found = statuses.flatMap((one): Found[] => {
    const reason = textAt(one.status, 'state', 'waiting', 'reason')
    if (reason !== undefined) return [{ status: reason, detail: describe(one) }]
    const ended = at(one.status, 'state', 'terminated')
    return isRecord(ended) ? [{ status: endReason(ended), detail: describe(one) }] : []
  })
  // A starting or completed container must not hide a failing one.
  return found.find((one) => !/^(?:Completed|ContainerCreating|PodInitializing)$/.test(one.status)) ?? found[0]
}

function endReason(ended: unknown): string {
  const signal = numberAt(ended, 'signal') ?? 0
  return textAt(ended, 'reason') ?? (signal !== 0 ? `Signal:${signal}` : `ExitCode:${numberAt(ended, 'exitCode') ?? 0}`)
}

function isRunning(one: ContainerStatus): boolean {
  return isRecord(at(one.status, 'state', 'running'))
}

/** Container name, message, and how the previous run ended. */
function describe(one: ContainerStatus): Message {
  const message =
    textAt(one.status, 'state', 'waiting', 'message') ?? textAt(one.status, 'state', 'terminated', 'message')
  const last = at(one.status, 'lastState', 'terminated')
  const now = at(one.status, 'state', 'terminated')
  const parts: Message[] = []
  if (isRecord(last)) parts.push(state('state-last-run', { end: endOf(last) }))
  else if (isRecord(now) && numberAt(now, 'exitCode') !== 0) parts.push(exitCode(now))
  if (message !== undefined && !isRecord(last)) parts.push(clusterWords(shorten(message)))
  return allOf(state('state-container', { name: one.name }), ...parts)
}

function endOf(ended: unknown): Message {
  const reason = textAt(ended, 'reason')
  const code = exitCode(ended)
  return reason === undefined || reason === 'Error' ? code : state('state-in-brackets', { state: reason, detail: code })
}

function exitCode(ended: unknown): Message {
  return state('state-exit-code', { code: numberAt(ended, 'exitCode') ?? '?' })
}

function lastEnd(statuses: ContainerStatus[]): Message | undefined {
  for (const one of statuses) {
    const last = at(one.status, 'lastState', 'terminated')
    if (isRecord(last)) return state('state-container-ended', { name: one.name, end: endOf(last) })
  }
  return undefined
}

function restartsOf(statuses: ContainerStatus[], now: number): PodFacts['restarts'] {
  let count = 0
  let last: number | undefined
  for (const one of statuses) {
    count += numberAt(one.status, 'restartCount') ?? 0
    const ended = timeAt(one.status, 'lastState', 'terminated', 'finishedAt')
    if (ended !== undefined && (last === undefined || ended > last)) last = ended
  }
  const ago = secondsSince(last, now)
  return { count, ...(ago === undefined ? {} : { ago }) }
}
