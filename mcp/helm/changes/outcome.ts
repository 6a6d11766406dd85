/** Reads the outcome of a Helm change from the cluster. */
import { msg, quotedWords } from '../../../shared/messages/create'
import type { ChangeOutcome, PlannedObject } from '../../../shared/changes/change'
import type { ResultNote } from '../../../shared/result'
import { existsNow, observe, observeUnknown, WAIT_LIMITS } from '../../changes/observe/observe'
import type { WaitLimits } from '../../changes/observe/observe'
import type { PreparedObject } from '../../changes/prepare'
import type { WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import { inParallel } from '../../kubernetes/list/in-parallel'
import { apiVersionOf, groupOf } from '../../../shared/kubernetes/api'
import type { HelmEnd } from '../program/child'
import type { ObservedWrite } from '../program/observed'
import { maskText } from '../mask-values'
import { listRevisions, readRevision } from '../storage'
import { operationOf } from './operation'
import { changedWrites } from './plan'
import type { Prepared } from './prepare'
import { refusalOf } from './rehearsal'
import { helmMessage } from './session'
import type { HelmOutcome, HelmPlan } from './types'

type OutcomeObject = ChangeOutcome['objects'][number]

export interface Ended {
  prepared: Prepared
  plan: HelmPlan
  observed: readonly ObservedWrite[]
  end: HelmEnd
}

export interface OutcomeContext extends WriteContext {
  limits?: WaitLimits
}

const AT_ONCE = 8
const MAX_REASON = 500
const READ_MS = 10_000

export async function outcomeOf(ended: Ended, context: OutcomeContext): Promise<HelmOutcome> {
  const { prepared, plan, observed, end } = ended
  const release = await releaseOutcome(ended, context)
  const changed = new Map(changedWrites(prepared).map((each) => [each.write.key, each.prepared]))
  const written = lastWrites(observed).filter(
    ({ key, verb }) => changed.has(key) || verb !== 'update' || end.code !== 0,
  )
  const objects = await inParallel(written, AT_ONCE, (write) => objectOutcome(write, changed.get(write.key), context))
  const seen = new Set(objects.map(identity))
  const rest = plan.objects.slice(1).filter((object) => !seen.has(identity(object)))
  const all = [release, ...objects, ...rest.map((object) => notTried(object, end.code === 0))]
  return { status: statusOf(end, all), objects: all, notes: end.code === 0 ? [] : [failureNote(end, prepared)] }
}

/** The call was cancelled while Helm was running. */
export function unknownOutcome(plan: HelmPlan): HelmOutcome {
  const objects = plan.objects.map((object) => ({ ...about(object), state: 'unknown' as const, notes: [] }))
  return { status: 'unknown', objects, notes: [msg('helm-still-running')] }
}

function statusOf(end: HelmEnd, objects: readonly OutcomeObject[]): HelmOutcome['status'] {
  if (objects.some(({ state }) => state === 'unknown')) return 'unknown'
  if (end.code === 0) return 'done'
  const isNothingDone = objects.every(({ state }) => ['refused', 'not-tried', 'unchanged'].includes(state))
  return isNothingDone ? 'refused' : 'partly'
}

function failureNote(end: HelmEnd, { secrets }: Prepared): ResultNote {
  if (end.timedOut) return msg('helm-timeout')
  const reason = maskText(helmMessage(end.stderr), secrets)
  return reason === '' ? msg('helm-failed-silently') : msg('helm-failed', { reason })
}

/** Merges the writes of each object: its state before the first, and the result of the last. */
function lastWrites(observed: readonly ObservedWrite[]): ObservedWrite[] {
  const last = new Map<string, ObservedWrite>()
  for (const write of observed) {
    const first = last.get(write.key)
    const { live: _, ...rest } = write
    const live = first ? first.live : write.live
    const verb = first?.verb === 'create' && write.verb === 'update' ? 'create' : write.verb
    last.set(write.key, { ...rest, verb, ...(live && { live }) })
  }
  return [...last.values()]
}

async function releaseOutcome({ prepared, plan }: Ended, { cluster }: OutcomeContext): Promise<OutcomeObject> {
  const { verb, state, secrets } = prepared
  const { name, namespace } = state
  const [object] = plan.objects
  const common = object ? about(object) : { apiVersion: 'helm.sh/v1', kind: 'HelmRelease', name }
  // Not the caller's signal: the outcome is read even if the caller has left.
  const signal = AbortSignal.timeout(READ_MS)
  try {
    const { revisions } = await listRevisions(cluster, { namespace, release: name, signal })
    const newest = [...revisions].sort((a, b) => b.revision - a.revision)[0]
    if (!newest) return { ...common, state: 'deleted', notes: [] }
    const { revision, status } = newest
    const notes = [msg('helm-release-now', { revision, status })]
    if (status === 'failed') {
      const { info } = await readRevision(cluster, newest, signal)
      const reason = maskText(info.description, secrets).slice(0, MAX_REASON)
      notes.push(quotedWords(reason))
    }
    if (verb === 'uninstall') return { ...common, state: 'terminating', notes }
    if (newest.uid === state.newest?.uid) return { ...common, state: 'unchanged', notes }
    return { ...common, state: verb === 'install' ? 'created' : 'updated', notes }
  } catch (error) {
    const reason = error instanceof KubeError ? error.detail : msg('reason-unreadable')
    return {
      ...common,
      state: 'unknown',
      notes: [msg('helm-release-unread', { reason })],
    }
  }
}

/** @param shown the object on the card; absent for hooks and definitions */
async function objectOutcome(
  write: ObservedWrite,
  shown: PreparedObject | undefined,
  context: OutcomeContext,
): Promise<OutcomeObject> {
  const prepared = { ...(shown ?? unshown(write)), operation: operationOf(write), fresh: write.live }
  const { resource, namespace, name } = prepared.operation
  const common = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    name,
    ...(namespace !== undefined && { namespace }),
  }
  const { status } = write
  const isGone = write.verb === 'delete' && status === 404
  const error = status !== undefined && status >= 400 && !isGone ? refusalOf(write) : undefined
  if (status === undefined || error?.code === 'unknown-outcome') {
    return {
      ...common,
      state: 'unknown',
      notes: [msg('no-answer'), ...(await observeUnknown(prepared, context))],
    }
  }
  if (error) {
    return { ...common, state: 'refused', notes: [error.detail, ...(await existsNow(prepared.operation, context))] }
  }
  return { ...common, ...(await observe(prepared, write.object, context, context.limits ?? WAIT_LIMITS)) }
}

function unshown(write: ObservedWrite): PreparedObject {
  const operation = operationOf(write)
  const { resource, name } = operation
  const about = { apiVersion: apiVersionOf(resource), kind: resource.kind, name }
  const planned = { ...about, verb: write.verb, diff: '+', assigned: [], notes: [] }
  return { operation, fresh: write.live, result: write.object, changes: [], digest: '', planned }
}

function notTried(object: PlannedObject, succeeded: boolean): OutcomeObject {
  if (!succeeded) return { ...about(object), state: 'not-tried', notes: [] }
  return { ...about(object), state: 'unchanged', notes: [msg('helm-not-written')] }
}

function about({ apiVersion, kind, name, namespace }: PlannedObject): Omit<OutcomeObject, 'state' | 'notes'> {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }
}

function identity(object: Pick<PlannedObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>): string {
  const { apiVersion, kind, name, namespace = '' } = object
  return [groupOf(apiVersion), kind, namespace, name].join('|')
}
