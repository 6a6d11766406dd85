/** The write handler of a run: Helm may write what was shown, on the cluster and as the user of the card. */
import type { ClusterIdentity } from '../../../shared/change'
import type { ClusterRef } from '../../../shared/result'
import { isRecord } from '../../../shared/kubernetes/health/fields'
import { checkIdentity, clusterIdentity } from '../../changes/identity'
import { KubeError } from '../../kubernetes/errors/errors'
import type { Cluster } from '../../kubernetes/types'
import { jsonOf, statusAnswer, whole } from './exchange'
import type { ApiAnswer, ApiRequest, WriteHandler } from './exchange'
import { complete, isRecordOf, observe } from './observed'
import type { ObservedWrite, Release } from './observed'

/** One object that may be written. */
export interface Expected {
  /** Of the object that was shown; absent: it must not exist. */
  uid?: string
  /** Hooks come and go while Helm runs. */
  isHook?: boolean
}

export interface Approval {
  ref: ClusterRef
  identity: ClusterIdentity
  /** By `objectKey`. */
  expected: ReadonlyMap<string, Expected>
}

export interface RunEvents {
  /** Filled with the writes. */
  observed: ObservedWrite[]
  /** Before a write is looked at. @returns why it may not be sent */
  beforeWrite: () => Promise<string | undefined>
  /** Just before a write is sent. May throw to keep it from that. */
  sending: () => void
  /** A write was kept from being sent, e.g. since the cluster is another one. */
  failed: (error: KubeError) => void
}

export function writeApproved(
  cluster: Cluster,
  release: Release,
  { ref, identity, expected }: Approval,
  { observed, beforeWrite, sending, failed }: RunEvents,
): WriteHandler {
  /** UIDs of objects that this run has made. */
  const own = new Map<string, string>()
  /** Each write over a connection of its own, on which cluster and user were checked just before. */
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
  // Helm takes what is gone already for removed.
  if (verb === 'delete' && uid === undefined) return undefined
  const what = planned.uid === undefined ? 'created by somebody else' : live ? 'replaced' : 'removed'
  return `${target.plural} ${name} was ${what} meanwhile`
}

/** The same request, for the object with this UID alone. */
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
