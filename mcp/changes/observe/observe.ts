/** Reads an object back after a change, waiting up to a limit. */
import { msg, quotedWords } from '../../../shared/messages/create'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChangeOutcome } from '../../../shared/changes/change'
import { listAt, textAt } from '../../../shared/kubernetes/fields'
import type { ResultNote } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors/errors'
import { objectSchema, toObject } from '../../kubernetes/list/paging'
import { objectPath } from '../../../shared/kubernetes/api'
import type { KubeObject } from '../../kubernetes/types'
import { valueAt } from '../field-path'
import { ASSIGNED } from '../normalise'
import { workloadProgress } from './progress'
import type { ChangeContext, PreparedObject } from '../prepare'
import type { Operation } from '../types'

type OutcomeObject = ChangeOutcome['objects'][number]
export type Observation = Pick<OutcomeObject, 'state' | 'notes'>

export interface WaitLimits {
  /** In milliseconds. */
  deletion: number
  rollout: number
  poll: number
}

export const WAIT_LIMITS: WaitLimits = { deletion: 5000, rollout: 8000, poll: 250 }

/**
 * After a successful change.
 * @param object the API server's response
 */
export async function observe(
  prepared: PreparedObject,
  object: KubeObject | undefined,
  context: ChangeContext,
  limits: WaitLimits = WAIT_LIMITS,
): Promise<Observation> {
  const { operation } = prepared
  const name = object?.metadata.name ?? operation.name
  switch (operation.verb) {
    case 'delete':
    case 'evict':
      return observeDeletion(operation, prepared.fresh?.metadata.uid, context, limits)
    case 'create':
      return { state: 'created', notes: await readBack(prepared, name, context, limits) }
    case 'update':
      return { state: 'updated', notes: await readBack(prepared, name, context, limits) }
  }
}

/** After a refusal, or for an object that was not reached: whether it exists now. */
export async function existsNow(operation: Operation, context: ChangeContext): Promise<ResultNote[]> {
  const { resource, name } = operation
  // The cluster would have generated it.
  if (name === '') return []
  const found = await attempt(() => read(operation, name, context))
  if (found === UNREADABLE) return []
  const params = { kind: resource.kind, name }
  return found ? [msg('exists-now', params)] : [msg('absent-now', params)]
}

/** After a change whose response was lost: whether the object shows the change. */
export async function observeUnknown(prepared: PreparedObject, context: ChangeContext): Promise<ResultNote[]> {
  const { operation, changes, fresh } = prepared
  const { resource, name, verb } = operation
  if (name === '') return []
  const found = await attempt(() => read(operation, name, context))
  const params = { kind: resource.kind, name }
  if (found === UNREADABLE) return []
  if (!found) return [msg('absent-now', params)]
  switch (verb) {
    case 'create':
      return [msg('exists-now', params)]
    case 'delete':
    case 'evict':
      return found.metadata.uid === fresh?.metadata.uid ? [msg('exists-now', params)] : [msg('replaced-now', params)]
    case 'update': {
      const shows = changes.every(({ path, after }) => after === ASSIGNED || isShown(valueAt(found, path), after))
      return shows ? [msg('shows-change', params)] : [msg('no-change-shown', params)]
    }
  }
}

function isShown(found: unknown, wanted: unknown): boolean {
  return JSON.stringify(found) === JSON.stringify(wanted)
}

async function observeDeletion(
  operation: Operation,
  uid: string | undefined,
  context: ChangeContext,
  limits: WaitLimits,
): Promise<Observation> {
  const { resource, name } = operation
  const params = { kind: resource.kind, name }
  let last: KubeObject | undefined
  for (const deadline = Date.now() + limits.deletion; ; await delay(limits.poll)) {
    const found = await attempt(() => read(operation, name, context))
    if (found === undefined) return { state: 'deleted', notes: [] }
    if (found === UNREADABLE) return { state: 'terminating', notes: [msg('not-read-back-deletion', params)] }
    if (found.metadata.uid !== uid)
      return {
        state: 'deleted',
        notes: [msg('recreated-now', params)],
      }
    last = found
    if (Date.now() >= deadline) return { state: 'terminating', notes: waitsFor(last, params) }
  }
}

function waitsFor(object: KubeObject, params: { kind: string; name: string }): ResultNote[] {
  const { kind } = params
  const finalizers = [
    ...(object.metadata.finalizers ?? []),
    ...listAt(object, 'spec', 'finalizers').filter((each) => typeof each === 'string'),
  ]
  const remaining = listAt(object, 'status', 'conditions').flatMap((condition) => {
    const isBlocking = textAt(condition, 'status') === 'True'
    const message = textAt(condition, 'message')
    return kind === 'Namespace' && isBlocking && message !== undefined ? [message] : []
  })
  if (finalizers.length === 0) return [msg('still-there', params)]
  return [msg('waits-for-finalizers', { ...params, finalizers: finalizers.join(', ') }), ...remaining.map(quotedWords)]
}

async function readBack(
  prepared: PreparedObject,
  name: string,
  context: ChangeContext,
  limits: WaitLimits,
): Promise<ResultNote[]> {
  const { operation, changes } = prepared
  const params = { kind: operation.resource.kind, name }
  const found = await attempt(() => read(operation, name, context))
  if (found === UNREADABLE) return [msg('not-read-back', params)]
  if (!found) return [msg('gone-again', params)]
  // Its own labels and annotations start no pods.
  if (operation.verb === 'update' && !changes.some(({ path }) => path[0] === 'spec')) return []
  const notes = await attempt(() => workloadProgress({ ...operation, name }, found, context, limits))
  return notes === UNREADABLE ? [] : (notes ?? [])
}

const UNREADABLE = Symbol('unreadable')

/** Undefined if it does not exist. An error while reading back must not hide the outcome. */
async function attempt<T>(look: () => Promise<T>): Promise<T | undefined | typeof UNREADABLE> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return error.code === 'not-found' ? undefined : UNREADABLE
  }
}

async function read(operation: Operation, name: string, { cluster }: ChangeContext): Promise<KubeObject> {
  const { resource, namespace } = operation
  // Not the caller's signal: the outcome is read even if the caller has left.
  const signal = AbortSignal.timeout(READ_MS)
  const object = await cluster.client.get(objectPath(resource, namespace, name), { schema: objectSchema, signal })
  return toObject(object)
}

const READ_MS = 10_000
