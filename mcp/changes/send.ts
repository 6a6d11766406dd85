/** Sends one prepared operation once, over a connection whose cluster and user were checked. */
import type { ClusterIdentity } from '../../shared/changes/change'
import type { ClusterRef } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { toObject } from '../kubernetes/list/paging'
import { objectPath } from '../../shared/kubernetes/api'
import type { HeldClient, KubeObject } from '../kubernetes/types'
import { checkIdentity, clusterIdentity } from './identity'
import { appliedOwners, changesOwners } from './ownership'
import type { ChangeContext, PreparedObject } from './prepare'
import { FIELD_MANAGER } from '../../shared/changes/what-changed'
import { answerSchema, realRequest } from './requests'

export interface Sent {
  prepared: PreparedObject
  /** The API server's response; undefined for a deletion. */
  object: KubeObject | undefined
  warnings: string[]
}

export interface Bound {
  ref: ClusterRef
  expected: ClusterIdentity
}

/** True if sending it would change nothing. */
export function isIdle({ operation, changes, fresh, result }: PreparedObject): boolean {
  return operation.verb === 'update' && changes.length === 0 && result !== undefined && !changesOwners(fresh, result)
}

/**
 * @param prepare builds the request as late as possible, to leave little time for changes; undefined: nothing to send
 * @throws KubeError `conflict`, `already-exists` or `not-found` if the object changed; `cluster-changed` if cluster or
 * user differ from the plan; `unknown-outcome`
 */
export async function sendChecked(
  prepare: () => Promise<PreparedObject | undefined>,
  { ref, expected }: Bound,
  { cluster, signal }: ChangeContext,
): Promise<Sent | undefined> {
  return cluster.client.hold(signal, async (held) => {
    const found = await clusterIdentity(held, { ref, namespace: undefined, uidOf: expected.uidOf, signal })
    checkIdentity(expected, found)
    const prepared = await prepare()
    if (!prepared) return undefined
    const { method, path, options } = realRequest(prepared.operation, prepared.fresh)
    const { data, warnings } = await held.send(method, path, { ...options, schema: answerSchema, signal })
    const object = isObject(data) ? toObject(data) : undefined
    if (object) await own(held, prepared, object, signal)
    return { prepared, object, warnings }
  })
}

/** A deletion returns a `Status`, or the former object. */
function isObject(data: { kind?: string | undefined }): boolean {
  return data.kind !== 'Status'
}

async function own(
  held: HeldClient,
  { operation, result }: PreparedObject,
  created: KubeObject,
  signal: AbortSignal,
): Promise<void> {
  if (operation.verb !== 'create' || operation.method !== 'PATCH' || !result) return
  const owners = appliedOwners(created, result)
  if (!owners) return
  const { resource, namespace } = operation
  const body = [
    { op: 'replace', path: '/metadata/resourceVersion', value: created.metadata.resourceVersion },
    { op: 'replace', path: '/metadata/managedFields', value: owners },
  ]
  const options = { contentType: 'application/json-patch+json', query: { fieldManager: FIELD_MANAGER }, body, signal }
  try {
    const path = objectPath(resource, namespace, created.metadata.name)
    await held.send('PATCH', path, { ...options, schema: answerSchema })
  } catch (error) {
    // The object was created as shown, but a controller has already written to it.
    if (!(error instanceof KubeError)) throw error
  }
}

/** Whether an error of `sendChecked` means that nothing was done because the cluster changed. */
export function isStale(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false
  return STALE.has(error.code) || (error.code === 'unreachable' && isLost(error))
}

const STALE: ReadonlySet<string> = new Set(['conflict', 'already-exists', 'not-found', 'too-many-requests'])

/** The API server closed the connection before the change was sent. */
function isLost({ raw = '' }: KubeError): boolean {
  return raw.startsWith('CONNECTION_LOST')
}
