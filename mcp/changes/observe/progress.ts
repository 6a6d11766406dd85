/** A workload's progress after a change, and what blocks it. */
import type { Message } from '../../../shared/messages/message'
import { both, msg, quotedWords } from '../../../shared/messages/create'
import { setTimeout as delay } from 'node:timers/promises'
import { listAt, numberAt, textAt } from '../../../shared/kubernetes/fields'
import type { ResultNote } from '../../../shared/result'
import { listEvents } from '../../kubernetes/read/events'
import { objectSchema, toObject } from '../../kubernetes/list/paging'
import { objectPath } from '../../../shared/kubernetes/api'
import { refusal } from '../../kubernetes/errors/refusals'
import type { KubeObject } from '../../kubernetes/types'
import { rolloutState } from '../../tools/rollout/state'
import type { WaitLimits } from './observe'
import type { ChangeContext } from '../prepare'
import type { Operation } from '../types'

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'])

/** @returns nothing for kinds without pods */
export async function workloadProgress(
  operation: Operation,
  object: KubeObject,
  context: ChangeContext,
  limits: WaitLimits,
): Promise<ResultNote[]> {
  const { resource, namespace, name } = operation
  if (!WORKLOADS.has(resource.kind)) return []
  const started = Date.now()
  const path = objectPath(resource, namespace, name)
  let current: KubeObject = { ...object, kind: resource.kind }
  let blocked: Message[] = []
  const steady = new Steady()
  for (; Date.now() - started < limits.rollout; await delay(limits.poll)) {
    const signal = AbortSignal.timeout(limits.rollout)
    current = {
      ...toObject(await context.cluster.client.get(path, { schema: objectSchema, signal })),
      kind: resource.kind,
    }
    if (isSettled(current)) break
    blocked = await blockers(current, operation, context, started)
    if (blocked.length > 0 && hasWhatItCanGet(current) && steady.isFor(STEADY_MS, counts(current))) break
  }
  const seconds = Math.round((Date.now() - started) / 1000)
  return [...countNote(current, seconds), ...blocked.map((reason) => blockedNote(resource.kind, name, reason))]
}

function isSettled(object: KubeObject): boolean {
  const state = rolloutState(object)?.state
  if (state !== undefined) return state !== 'in progress'
  const { ready, wanted } = counts(object)
  return ready >= wanted && isSeen(object)
}

function isSeen(object: KubeObject): boolean {
  const observed = numberAt(object, 'status', 'observedGeneration')
  return observed === undefined || observed >= (object.metadata.generation ?? 0)
}

/** Every replica that could be created is ready, so waiting longer is pointless. */
function hasWhatItCanGet(object: KubeObject): boolean {
  const { ready, existing } = counts(object)
  return isSeen(object) && existing > 0 && ready >= existing
}

/** The controller writes the status a moment after it creates pods. */
const STEADY_MS = 1_000

class Steady {
  private last = ''
  private since = 0

  isFor(ms: number, value: unknown): boolean {
    const text = JSON.stringify(value)
    if (text !== this.last) {
      this.last = text
      this.since = Date.now()
    }
    return Date.now() - this.since >= ms
  }
}

interface Counts {
  ready: number
  wanted: number
  existing: number
}

function counts(object: KubeObject): Counts {
  const status = (field: string) => numberAt(object, 'status', field) ?? 0
  switch (object.kind) {
    case 'DaemonSet':
      return {
        ready: status('numberReady'),
        wanted: status('desiredNumberScheduled'),
        existing: status('currentNumberScheduled'),
      }
    case 'Job': {
      const wanted = Math.min(
        numberAt(object, 'spec', 'parallelism') ?? 1,
        numberAt(object, 'spec', 'completions') ?? Number.MAX_SAFE_INTEGER,
      )
      const ready = status('ready') + status('succeeded')
      return { ready, wanted, existing: status('active') + status('succeeded') }
    }
    default:
      return {
        ready: status('readyReplicas'),
        wanted: numberAt(object, 'spec', 'replicas') ?? 1,
        existing: status('replicas'),
      }
  }
}

function countNote(object: KubeObject, seconds: number): ResultNote[] {
  const { ready, wanted } = counts(object)
  const kind = object.kind ?? ''
  const rollout = rolloutState(object)
  const params = { ready, wanted }
  const counted = kind === 'DaemonSet' || kind === 'Job' ? msg('pods-ready', params) : msg('replicas-ready', params)
  if (rollout?.state === 'paused') return [msg('rollout-stays-paused', { counted })]
  if (rollout?.state === 'manual') return [both(counted, rollout.detail)]
  return [isSettled(object) ? counted : msg('replicas-ready-so-far', { counted, seconds })]
}

/** Quotas, limits and admission that refuse its pods. */
async function blockers(
  object: KubeObject,
  operation: Operation,
  context: ChangeContext,
  since: number,
): Promise<Message[]> {
  const failed = listAt(object, 'status', 'conditions').flatMap((condition) =>
    textAt(condition, 'type') === 'ReplicaFailure' && textAt(condition, 'status') === 'True'
      ? (textAt(condition, 'message') ?? [])
      : [],
  )
  const messages =
    object.kind === 'Deployment' || failed.length > 0 ? failed : await refusedPods(object, operation, context, since)
  const reasons = messages.map((message) => refusal({ message })?.detail ?? quotedWords(message))
  return [...new Map(reasons.map((each) => [each.text, each])).values()].slice(0, 3)
}

/** StatefulSets, DaemonSets and Jobs report it only in events. */
async function refusedPods(
  object: KubeObject,
  { resource, namespace, name }: Operation,
  { cluster, signal }: ChangeContext,
  since: number,
): Promise<string[]> {
  const fieldSelector = 'reason=FailedCreate'
  const { events } = await listEvents(cluster, { resource, name, object, namespace, fieldSelector, signal })
  return events.filter(({ last }) => last === undefined || last >= since - CLOCK_SKEW_MS).map(({ message }) => message)
}

/** Events have whole seconds, and clocks differ. */
const CLOCK_SKEW_MS = 5_000

function blockedNote(kind: string, name: string, reason: Message): ResultNote {
  return msg('pods-refused', { kind, name, reason })
}
