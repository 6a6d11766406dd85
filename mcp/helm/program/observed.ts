/** The writes that Helm sends: objects, and its own release records. */
import { quotedWords } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'
import type { StatusWords } from '../../kubernetes/errors/errors'
import type { Cluster, KubeObject } from '../../kubernetes/types'
import type { ApiPath } from '../../../shared/kubernetes/api'
import { exchange, jsonOf, objectOf, wordsOf } from './exchange'
import type { ApiAnswer, ApiRequest } from './exchange'

export interface Release {
  name: string
  namespace: string
}

export interface ObservedWrite {
  /** From `objectKey`. */
  key: string
  verb: 'create' | 'update' | 'delete'
  target: ApiPath
  name: string
  /** The body, if it was JSON. */
  sent?: unknown
  /** The object before the write; absent if it did not exist. */
  live?: KubeObject
  /** The object as the API server returned it. */
  object?: KubeObject
  /** Absent if the request was sent but got no response. */
  status?: number
  /** Set for a refusal. */
  words?: StatusWords & { message: string }
  /** Fields of other managers that Helm takes over. */
  conflicts: Conflict[]
}

export interface Conflict {
  /** `spec.replicas` */
  field: string
  manager: string
}

/**
 * Reads the object that a request concerns.
 * @returns undefined unless the request writes one object
 */
export async function observe(cluster: Cluster, request: ApiRequest): Promise<ObservedWrite | undefined> {
  const { method, body, target, pathname, signal } = request
  if (!target || !WRITES.has(method)) return undefined
  const name = target.name ?? (method === 'POST' ? objectOf(body)?.metadata.name : undefined)
  if (name === undefined || name === '' || target.subresource !== undefined) return undefined
  const path = target.name === undefined ? `${pathname}/${encodeURIComponent(name)}` : pathname
  const live = await liveObject(cluster, path, signal)
  const verb = method === 'DELETE' ? 'delete' : live === undefined ? 'create' : 'update'
  return { key: objectKey(target, name), verb, target, name, sent: jsonOf(body), ...(live && { live }), conflicts: [] }
}

/** Equal for all requests that concern one object, in any API version. */
export function objectKey({ group, plural, namespace = '' }: ApiPath, name: string): string {
  return [group, plural, namespace, name].join('|')
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

async function liveObject(cluster: Cluster, path: string, signal: AbortSignal): Promise<KubeObject | undefined> {
  const answer = await exchange(cluster, { method: 'GET', path, headers: { accept: 'application/json' }, signal })
  if (answer.status === 404) return undefined
  const object = answer.status === 200 ? objectOf(answer.body) : undefined
  if (!object) throw new KubeError('server-error', quotedWords(wordsOf(answer).message ?? ''))
  return object
}

/** Adds the API server's response. */
export function complete(write: ObservedWrite, answer: ApiAnswer): void {
  write.status = answer.status
  if (answer.status >= 300) write.words = wordsOf(answer)
  else {
    const object = objectOf(answer.body)
    if (object && object.kind !== 'Status') write.object = object
  }
}

/** Helm's own records: `sh.helm.release.v1.web.v3` in the release's namespace. */
export function isRecordOf(release: Release, { method, body, target }: ApiRequest): boolean {
  if (target?.group !== '' || target.namespace !== release.namespace) return false
  if (target.plural !== 'secrets' && target.plural !== 'configmaps') return false
  const record = `sh.helm.release.v1.${release.name}.v`
  if (target.name !== undefined) return isRecordName(target.name, record)
  if (method !== 'POST' || !body) return false
  const name = objectOf(body)?.metadata.name
  if (name !== undefined) return isRecordName(name, record)
  // Protobuf, which Helm uses only for its records: the name is at the beginning.
  const head = Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1')
  return head.startsWith('k8s\0') && head.includes(record)
}

const HEAD_BYTES = 512

function isRecordName(name: string, record: string): boolean {
  return name.startsWith(record) && /^\d+$/.test(name.slice(record.length))
}
