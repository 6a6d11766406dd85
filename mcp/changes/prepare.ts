/** Dry-runs one operation: its effect now, and the digest that identifies it later. */
import { msg } from '../../shared/messages/create'
import { setTimeout as delay } from 'node:timers/promises'
import type { PlannedObject } from '../../shared/changes/change'
import type { ResultNote } from '../../shared/result'
import { isRecord } from '../../shared/kubernetes/fields'
import { KubeError } from '../kubernetes/errors/errors'
import { getObject } from '../kubernetes/list/object'
import { objectSchema, toObject } from '../kubernetes/list/paging'
import { apiVersionOf, objectPath } from '../../shared/kubernetes/api'
import type { KubeObject } from '../kubernetes/types'
import { objectDiff } from './diff'
import { objectDigest } from './digest'
import { fieldChanges } from './field-changes'
import type { FieldChange } from './field-changes'
import { pathText } from './field-path'
import { assignedPaths, markAssigned, withoutBookkeeping, withoutStatus } from './normalise'
import { answerSchema, dryRunRequest } from './requests'
import type { Operation, WriteContext } from './types'
import { checkOperation } from './writable'

export interface ChangeContext extends WriteContext {
  /** `ALLOW_WITHOUT_DRY_RUN=1`: if the cluster cannot dry-run a change, show the request. */
  allowWithoutDryRun?: boolean
}

export interface PreparedObject {
  operation: Operation
  /** The object or subresource that the dry run started from. */
  fresh: KubeObject | undefined
  /** Result of the dry run; undefined for deletions, or without a dry run. */
  result: KubeObject | undefined
  changes: FieldChange[]
  digest: string
  planned: PlannedObject
}

/** The draft is outdated and must be repeated. */
export class StaleDraftError extends Error {}

/** How long to retry if the object keeps changing, in milliseconds. */
const TRIES_MS = 4_000
/** Before the second try; doubled each time, since controllers write in bursts. */
const PAUSE_MS = 10

/** @throws KubeError; StaleDraftError */
export async function prepareObject(operation: Operation, context: ChangeContext): Promise<PreparedObject> {
  checkOperation(context.cluster, operation)
  try {
    switch (operation.verb) {
      case 'delete':
      case 'evict':
        return await prepareRemoval(operation, context)
      case 'create':
        return await prepareCreation(operation, context)
      case 'update':
        return await prepareUpdate(operation, context)
    }
  } catch (error) {
    if (error instanceof KubeError && error.code === 'dry-run-unsupported' && context.allowWithoutDryRun)
      return withoutDryRun(operation, error)
    throw error instanceof KubeError ? explained(error, operation) : error
  }
}

async function prepareRemoval(operation: Operation, context: ChangeContext): Promise<PreparedObject> {
  const { resource, namespace, name } = operation
  const fresh = await getObject(context.cluster, { resource, namespace, name, signal: context.signal })
  const { warnings } = await dryRun(operation, context)
  return removal(operation, fresh, warnings.map(warningNote))
}

function removal(operation: Operation, fresh: KubeObject, notes: ResultNote[]): PreparedObject {
  const { verb, body, query } = operation
  const shown = withoutStatus(withoutBookkeeping(fresh))
  const { metadata: _, ...content } = shown
  const more = { body, query, content: isRenewed(operation) ? undefined : content }
  return {
    operation,
    fresh,
    result: undefined,
    changes: [],
    digest: digestOf(operation, fresh.metadata.uid, [], more),
    planned: {
      ...reference(operation, fresh.metadata.uid),
      verb,
      diff: objectDiff(shown, undefined),
      assigned: [],
      notes: [...operation.notes, ...notes],
    },
  }
}

/** Kinds that controllers rewrite all the time. */
const RENEWED = new Set(['Lease', 'Endpoints', 'EndpointSlice', 'Event'])

function isRenewed({ resource }: Operation): boolean {
  return RENEWED.has(resource.kind)
}

async function prepareCreation(operation: Operation, context: ChangeContext): Promise<PreparedObject> {
  const [first, second] = await twoDryRuns(operation, context).catch((error: unknown) => {
    throw error instanceof KubeError && error.code === 'already-exists' ? new StaleDraftError(error.message) : error
  })
  // The apply returned an object that was created meanwhile.
  if (first.object.metadata.resourceVersion !== undefined) throw new StaleDraftError('it exists now')
  const [one, two] = [first, second].map(({ object }) => withoutStatus(withoutBookkeeping(object), operation.body))
  return finished(operation, { fresh: undefined, first, before: undefined, one, two })
}

async function prepareUpdate(operation: Operation, context: ChangeContext): Promise<PreparedObject> {
  const isOfObject = operation.path === objectPath(operation.resource, operation.namespace, operation.name)
  let fresh = isOfObject ? operation.live : undefined
  const deadline = Date.now() + TRIES_MS
  for (let pause = PAUSE_MS; Date.now() < deadline; pause *= 2) {
    fresh ??= await readFresh(operation, context)
    const [first, second] = await twoDryRuns(operation, context)
    const versions = [fresh, first.object, second.object].map(({ metadata }) => metadata.resourceVersion)
    // Otherwise a concurrent change would look like part of this one.
    if (new Set(versions).size === 1) {
      if (operation.live?.metadata.uid !== fresh.metadata.uid) throw new StaleDraftError('it was replaced')
      const [before, one, two] = [fresh, first.object, second.object].map(withoutBookkeeping)
      return finished(operation, { fresh, first, before, one, two })
    }
    if (operation.method !== 'PATCH') throw new StaleDraftError('it changed meanwhile')
    fresh = undefined
    await delay(pause, undefined, { signal: context.signal })
  }
  throw new KubeError(
    'conflict',
    msg('object-changes-too-often', { kind: operation.resource.kind, name: operation.name, seconds: TRIES_MS / 1000 }),
  )
}

async function readFresh({ path }: Operation, { cluster, signal }: ChangeContext): Promise<KubeObject> {
  return toObject(await cluster.client.get(path, { schema: objectSchema, signal }))
}

interface DryRun {
  object: KubeObject
  warnings: string[]
}

async function dryRun(operation: Operation, { cluster, signal }: ChangeContext): Promise<DryRun> {
  const { method, path, options } = dryRunRequest(operation)
  const sent = { ...options, schema: answerSchema, signal, dryRun: true }
  const { data, warnings } = await cluster.client.send(method, path, sent)
  return { object: toObject(data), warnings }
}

/** The cluster assigns the values that differ. */
async function twoDryRuns(operation: Operation, context: ChangeContext): Promise<[DryRun, DryRun]> {
  return Promise.all([dryRun(operation, context), dryRun(operation, context)])
}

interface Compared {
  fresh: KubeObject | undefined
  first: DryRun
  before: KubeObject | undefined
  one: KubeObject | undefined
  two: KubeObject | undefined
}

function finished(operation: Operation, { fresh, first, before, one, two }: Compared): PreparedObject {
  if (!one || !two) throw new Error('a dry run is missing')
  const assigned = assignedPaths(operation, one, two)
  const after = markAssigned(one, assigned)
  const changes = fieldChanges(before ?? {}, after)
  const uid = operation.live?.metadata.uid
  const diff = shownDiff(before, after, changes)
  const nothing: ResultNote[] = changes.length === 0 ? [nothingChanges(operation)] : []
  return {
    operation,
    fresh,
    result: first.object,
    changes,
    digest: digestOf(operation, uid, changes, undefined),
    planned: {
      ...reference(operation, uid),
      diff,
      assigned: assigned.map(pathText),
      notes: [
        ...nothing,
        ...operation.notes,
        ...(operation.notesOn?.(first.object) ?? []),
        ...first.warnings.map(warningNote),
      ],
    },
  }
}

/** Without an unchanged status. */
function shownDiff(before: KubeObject | undefined, after: KubeObject, changes: FieldChange[]): string {
  if (changes.length === 0) return ''
  const hasStatus = changes.some(({ path }) => path[0] === 'status')
  if (hasStatus || !before) return objectDiff(before, after, changes)
  return objectDiff(withoutStatus(before), withoutStatus(after), changes)
}

/** With the operator's permission: shows the request, since the result is unknown. */
function withoutDryRun(operation: Operation, error: KubeError): PreparedObject {
  const { live, body, verb } = operation
  const webhook = String(error.params.webhook ?? '')
  const note = msg('no-dry-run', { webhook })
  if (live && (verb === 'delete' || verb === 'evict')) return removal(operation, live, [note])
  const sent = objectOrList(body)
  const uid = live?.metadata.uid
  return {
    operation,
    fresh: live,
    result: undefined,
    changes: fieldChanges({}, sent),
    digest: digestOf(operation, uid, [], { body, before: live && withoutStatus(withoutBookkeeping(live)) }),
    planned: {
      ...reference(operation, uid),
      diff: objectDiff(undefined, { metadata: { name: operation.name }, ...sent }),
      assigned: operation.assigned,
      notes: [note, ...operation.notes],
    },
  }
}

function objectOrList(body: unknown): Record<string, unknown> {
  return isRecord(body) ? body : { patch: body }
}

function digestOf(operation: Operation, uid: string | undefined, changes: FieldChange[], more: unknown): string {
  const { verb, resource, namespace, name } = operation
  const about = { verb, apiVersion: apiVersionOf(resource), kind: resource.kind, namespace, name, uid }
  return objectDigest({ ...about, changes, more })
}

function reference({ verb, resource, namespace, name }: Operation, uid: string | undefined) {
  return {
    verb,
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
  }
}

function warningNote(text: string): ResultNote {
  return msg('api-warning', { text })
}

function nothingChanges({ resource: { kind }, name }: Operation): ResultNote {
  return msg('nothing-changes', { kind, name })
}

/** Refusals that name neither the object nor the problem. */
function explained(error: KubeError, { resource, name, contentType }: Operation): KubeError {
  const isPatch = contentType === 'application/json-patch+json' && error.code === 'bad-request'
  if (!isPatch || !/rejected our request|path/.test(error.message)) return error
  return new KubeError(
    'invalid-arguments',
    msg('json-patch-misfit', { kind: resource.kind, name }),
    { kind: resource.kind, name },
    error.raw ?? error.message,
  )
}
