/**
 * The write handler of a run: allows Helm exactly the approved writes, on the approved cluster as the approved user.
 */
import type { ClusterIdentity } from '../../../shared/changes/change'
import type { ClusterRef } from '../../../shared/result'
import { isRecord } from '../../../shared/kubernetes/fields'
import { checkIdentity, clusterIdentity } from '../../changes/identity'
import { KubeError } from '../../kubernetes/errors/errors'
import type { Cluster } from '../../kubernetes/types'
import { jsonOf, statusAnswer, whole } from './exchange'
import type { ApiAnswer, ApiRequest, WriteHandler } from './exchange'
import { complete, isRecordOf, observe } from './observed'
import type { ObservedWrite, Release } from './observed'

/** One object that may be written. */
export interface Expected {
  /** UID of the approved object; absent: the object must not exist. */
  uid?: string
  /** Hooks are created and deleted while Helm runs. */
  isHook?: boolean
}

export interface Approval {
  ref: ClusterRef
  identity: ClusterIdentity
  /** By `objectKey`. */
  expected: ReadonlyMap<string, Expected>
}

export interface RunEvents {
  /** Receives the writes. */
  observed: ObservedWrite[]
  /**
   * Called before each write is examined.
   * @returns why it may not be sent
   */
  beforeWrite: () => Promise<string | undefined>
  /** Called just before a write is sent. Throwing prevents it. */
  sending: () => void
  /** Called if a write was prevented, e.g. because the cluster changed. */
  failed: (error: KubeError) => void
}

export function writeApproved(
  cluster: Cluster,
  release: Release,
  { ref, identity, expected }: Approval,
  { observed, beforeWrite, sending, failed }: RunEvents,
): WriteHandler {
  /** UIDs of objects that this run created. */
  const own = new Map<string, string>()
  /** Each write uses its own connection, on which cluster and user were just checked. */
  const send = (request: ApiRequest): Promise<ApiAnswer> =>
    cluster.client.hold(request.signal, async (held) => {
      const { signal } = request
      checkIdentity(identity, await clusterIdentity(held, { ref, namespace: undefined, uidOf: identity.uidOf, signal }))
      sending()
      return await whole(await held.forward(request))
    })
  return async (request) => {
    const isRecorded = isRecordOf(release, request)
    const write = isRecorded ? undefined : await observe(cluster, request)
    const planned = write && expected.get(write.key)
    if (!isRecorded && !planned)
      return statusAnswer(403, `${request.method} ${request.pathname} is not part of the change that was approved.`)
    if (write) observed.push(write)
    const refused = refusedWrite(write, planned, own) ?? (await beforeWrite())
    if (refused !== undefined) return answered(write, statusAnswer(409, refused))
    try {
      const answer = answered(write, await send(write && planned ? bound(request, write, planned) : request))
      const uid = write?.object?.metadata.uid
      if (write && uid !== undefined) own.set(write.key, uid)
      return answer
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      const answer = statusAnswer(403, error.message)
      if (error.code === 'unknown-outcome') return answer
      failed(error)
      return answered(write, answer)
    }
  }
}

function answered(write: ObservedWrite | undefined, answer: ApiAnswer): ApiAnswer {
  if (write) complete(write, answer)
  return answer
}

function refusedWrite(
  write: ObservedWrite | undefined,
  planned: Expected | undefined,
  own: ReadonlyMap<string, string>,
): string | undefined {
  if (!write || !planned || planned.isHook) return undefined
  const { live, name, target, key, verb } = write
  const uid = live?.metadata.uid
  if (uid === planned.uid || (uid !== undefined && uid === own.get(key))) return undefined
  // Helm treats a missing object as deleted.
  if (verb === 'delete' && uid === undefined) return undefined
  const what = planned.uid === undefined ? 'created by somebody else' : live ? 'replaced' : 'removed'
  return `${target.plural} ${name} was ${what} meanwhile`
}

/** Restricts the request to the object with this UID. */
function bound(request: ApiRequest, { live }: ObservedWrite, { isHook }: Expected): ApiRequest {
  const uid = live?.metadata.uid
  const body = jsonOf(request.body)
  if (uid === undefined || isHook || (request.body !== undefined && !isRecord(body))) return request
  const own = isRecord(body) ? body : {}
  switch (request.method) {
    case 'DELETE':
      return withBody(request, { ...own, preconditions: { uid } })
    case 'PATCH':
      return withBody(request, { ...own, metadata: { ...(isRecord(own.metadata) ? own.metadata : {}), uid } })
    default:
      return request
  }
}

function withBody(request: ApiRequest, body: object): ApiRequest {
  const headers = { 'content-type': 'application/json', ...request.headers }
  return { ...request, headers, body: Buffer.from(JSON.stringify(body)) }
}
