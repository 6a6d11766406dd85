/** What a Helm change has come to, as the cluster shows it afterwards. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { ChangeOutcome, PlannedObject } from '../../../shared/change'
import { objectHealth, hasHealth, kindOf } from '../../../shared/kubernetes/health/object-health'
import type { ResultNote } from '../../../shared/result'
import { fact } from '../../changes/managers/fact'
import type { WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors'
import { objectPath } from '../../kubernetes/paths'
import type { KubeObject } from '../../kubernetes/types'
import { inParallel } from '../../kubernetes/in-parallel'
import type { HelmEnd } from '../program/child'
import type { ObservedWrite } from '../program/writes'
import { maskText } from '../mask-values'
import { listRevisions, readRevision } from '../storage'
import type { Prepared } from './prepare'
import { helmMessage } from './session'
import type { HelmOutcome, HelmPlan } from './types'

type OutcomeObject = ChangeOutcome['objects'][number]

export interface Ended {
  prepared: Prepared
  plan: HelmPlan
  observed: readonly ObservedWrite[]
  end: HelmEnd
}

/** How long a rollout is waited for, in milliseconds. */
const ROLLOUT_MS = 30_000
const DELETION_MS = 10_000
const POLL_MS = 1000
const AT_ONCE = 8

export async function outcomeOf(ended: Ended, context: WriteContext): Promise<HelmOutcome> {
  const { prepared, plan, observed, end } = ended
  const writes = lastWrites(observed)
  const release = await releaseOutcome(ended, context)
  const objects = await inParallel([...writes.values()], AT_ONCE, (write) => objectOutcome(write, context))
  const seen = new Set([...writes.values()].map((write) => identity(write)))
  const rest = plan.objects.slice(1).filter((object) => !seen.has(identityOf(object)))
  const changed = objects.filter((object) => object.state !== 'unchanged')
  const status = statusOf(end, [...changed, release])
  return {
    status,
    objects: [release, ...changed, ...rest.map((object) => notTried(object, end.code === 0))],
    notes: end.code === 0 ? [] : [failureNote(end, prepared)],
  }
}

/** The call was cancelled while Helm was at work. */
export function unknownOutcome(plan: HelmPlan): HelmOutcome {
  const objects = plan.objects.map((object) => ({ ...about(object), state: 'unknown' as const, notes: [] }))
  const note = fact(
    'helm-still-running',
    'Helm was at work when the call was cancelled and goes on to its end. Read the release to see what came of it.',
  )
  return { status: 'unknown', objects, notes: [note] }
}

function statusOf(end: HelmEnd, objects: readonly OutcomeObject[]): HelmOutcome['status'] {
  if (end.code === 0) return 'done'
  if (objects.some(({ state }) => state === 'unknown')) return 'unknown'
  return objects.some(({ state }) => state !== 'refused' && state !== 'not-tried') ? 'partly' : 'refused'
}

function failureNote(end: HelmEnd, { secrets }: Prepared): ResultNote {
  if (end.timedOut) return fact('helm-timeout', 'Helm did not end within 10 minutes and was stopped.')
  return fact('helm-failed', 'Helm failed: {reason}', { reason: maskText(helmMessage(end.stderr), secrets) })
}

function lastWrites(observed: readonly ObservedWrite[]): Map<string, ObservedWrite> {
  const last = new Map<string, ObservedWrite>()
  for (const write of observed) {
    const before = last.get(write.key)
    const live = before ? before.live : write.live
    const { live: _, ...rest } = write
    last.set(write.key, { ...rest, ...(live && { live }) })
  }
  return last
}

/** The release's newest revision. */
async function releaseOutcome({ prepared, plan }: Ended, context: WriteContext): Promise<OutcomeObject> {
  const { verb, state, secrets } = prepared
  const [object] = plan.objects
  const common = object ? about(object) : { apiVersion: 'helm.sh/v1', kind: 'HelmRelease', name: state.name }
  try {
    const { revisions } = await listRevisions(context.cluster, {
      namespace: state.namespace,
      release: state.name,
      signal: context.signal,
    })
    const newest = [...revisions].sort((a, b) => b.revision - a.revision)[0]
    if (!newest) return { ...common, state: 'deleted', notes: [] }
    const { revision, status } = newest
    const notes = [fact('helm-release-now', 'Revision {revision} is {status}.', { revision, status })]
    if (status === 'failed') {
      const { info } = await readRevision(context.cluster, newest, context.signal)
      notes.push(
        fact('helm-release-why', '{reason}', { reason: maskText(info.description, secrets).slice(0, MAX_REASON) }),
      )
    }
    if (verb === 'uninstall') return { ...common, state: 'terminating', notes }
    if (newest.uid === state.newest?.uid) return { ...common, state: 'unchanged', notes }
    return { ...common, state: verb === 'install' ? 'created' : 'updated', notes }
  } catch (error) {
    return { ...common, state: 'unknown', notes: [unread(error)] }
  }
}

const MAX_REASON = 500

async function objectOutcome(write: ObservedWrite, context: WriteContext): Promise<OutcomeObject> {
  const common = aboutWrite(write)
  if (write.status === undefined)
    return { ...common, state: 'unknown', notes: [fact('no-answer', 'It was sent, and no answer came.')] }
  if (write.status >= 400 && !(write.verb === 'delete' && write.status === 404))
    return { ...common, state: 'refused', notes: [fact('refused', '{reason}', { reason: write.message ?? '' })] }
  try {
    return write.verb === 'delete' ? await deleted(write, context) : await written(write, context)
  } catch (error) {
    return { ...common, state: 'unknown', notes: [unread(error)] }
  }
}

async function deleted(write: ObservedWrite, context: WriteContext): Promise<OutcomeObject> {
  const isGone = (object: KubeObject | undefined) =>
    object === undefined || object.metadata.uid !== write.live?.metadata.uid
  const now = await until(write, context, DELETION_MS, (object) => isGone(object))
  if (isGone(now)) return { ...aboutWrite(write), state: 'deleted', notes: [] }
  const finalizers = (now?.metadata.finalizers ?? []).join(', ')
  const note = finalizers
    ? fact('waits-for', 'Marked for deletion, still there: waits for {finalizers}.', { finalizers })
    : fact('still-there', 'Marked for deletion, still there.')
  return { ...aboutWrite(write), state: 'terminating', notes: [note] }
}

async function written(write: ObservedWrite, context: WriteContext): Promise<OutcomeObject> {
  const common = aboutWrite(write)
  const isWaiting = (object: KubeObject) =>
    hasHealth(kindOf(object)) && objectHealth(object, { now: context.now() }).verdict === 'waiting'
  const now = await until(write, context, ROLLOUT_MS, (object) => object === undefined || !isWaiting(object))
  if (now === undefined) {
    // Hooks are removed by Helm when they have succeeded.
    return { ...common, state: 'deleted', notes: [fact('gone-again', 'It was created, and is not there any more.')] }
  }
  const isSame = write.live && write.live.metadata.resourceVersion === write.object?.metadata.resourceVersion
  const state = write.verb === 'create' ? 'created' : isSame ? 'unchanged' : 'updated'
  return { ...common, state, notes: healthNotes(now, context) }
}

function healthNotes(object: KubeObject, { now }: WriteContext): ResultNote[] {
  if (!hasHealth(kindOf(object))) return []
  const { verdict, reason } = objectHealth(object, { now: now() })
  if (verdict === 'ok') return []
  return [fact(`health-${verdict}`, '{reason}', { reason: reason ?? verdict })]
}

/** Reads the object until it is as wanted, or the time is over. */
async function until(
  { target, name }: ObservedWrite,
  { cluster, signal }: WriteContext,
  most: number,
  isDone: (object: KubeObject | undefined) => boolean,
): Promise<KubeObject | undefined> {
  const path = objectPath({ ...target, namespaced: target.namespace !== undefined }, target.namespace, name)
  for (const deadline = Date.now() + most; ; await delay(POLL_MS, undefined, { signal })) {
    const object = await cluster.client.get(path, { schema: objectSchema, signal }).catch((error: unknown) => {
      if (error instanceof KubeError && error.code === 'not-found') return undefined
      throw error
    })
    if (isDone(object) || Date.now() >= deadline) return object
  }
}

const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({ name: z.string() }),
})

function unread(error: unknown): ResultNote {
  const reason = error instanceof KubeError ? error.message : 'it could not be read'
  return fact('unread', 'What the cluster shows is not known: {reason}', { reason })
}

function notTried(object: PlannedObject, succeeded: boolean): OutcomeObject {
  const note = fact('helm-not-written', 'Helm did not write it.')
  return { ...about(object), state: succeeded ? 'unchanged' : 'not-tried', notes: succeeded ? [note] : [] }
}

function about({ apiVersion, kind, name, namespace }: PlannedObject): Omit<OutcomeObject, 'state' | 'notes'> {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }
}

const sentSchema = z.looseObject({ apiVersion: z.string(), kind: z.string() })

function aboutWrite({ target, name, live, object, sent }: ObservedWrite): Omit<OutcomeObject, 'state' | 'notes'> {
  const known = object ?? live ?? sentSchema.safeParse(sent).data
  const apiVersion = known?.apiVersion ?? (target.group === '' ? target.version : `${target.group}/${target.version}`)
  const { namespace } = target
  return { apiVersion, kind: known?.kind ?? target.plural, name, ...(namespace !== undefined && { namespace }) }
}

function identity(write: ObservedWrite): string {
  const { apiVersion, kind, name, namespace = '' } = aboutWrite(write)
  return [apiVersion.split('/').length > 1 ? apiVersion.split('/')[0] : '', kind, namespace, name].join('|')
}

function identityOf({ apiVersion, kind, name, namespace = '' }: PlannedObject): string {
  return [apiVersion.split('/').length > 1 ? apiVersion.split('/')[0] : '', kind, namespace, name].join('|')
}
