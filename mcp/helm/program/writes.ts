/** What becomes of the writes that Helm sends, by why it runs; and what each of them was. */
import { z } from 'zod'
import type { Cluster, ForwardedRequest, KubeObject } from '../../kubernetes/types'
import { objectKey } from './api-path'
import type { ApiPath } from './api-path'
import { statusAnswer } from './gateway'

export interface ApiRequest extends ForwardedRequest {
  /** The path without its query. */
  pathname: string
  query: URLSearchParams
  /** Absent if it is no path of a resource. */
  target?: ApiPath
}

export interface ApiAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export type WriteHandler = (request: ApiRequest) => Promise<ApiAnswer>

export interface Release {
  name: string
  namespace: string
}

/** One write of an object, other than those by which Helm records the release. */
export interface ObservedWrite {
  /** As `objectKey`. */
  key: string
  verb: 'create' | 'update' | 'delete'
  target: ApiPath
  name: string
  /** The body, if it was JSON. */
  sent?: unknown
  /** Before the write; absent: there was none. */
  live?: KubeObject
  /** Absent: no answer came. */
  status?: number
  /** The object as the API server returned it. */
  object?: KubeObject
  /** Why it was refused. */
  message?: string
  /** Field managers whose fields are taken over, in the API server's words. */
  conflicts: Conflict[]
}

export interface Conflict {
  field: string
  message: string
}

/** What may be written in a run. */
export interface Expected {
  /** Of the object that was shown; absent: it must not exist. */
  uid?: string
  /** Hooks come and go while Helm runs. */
  isHook?: boolean
}

const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({ name: z.string().default('') }),
})

const statusSchema = z.looseObject({
  kind: z.literal('Status'),
  message: z.string().default(''),
  details: z
    .looseObject({
      causes: z.array(z.looseObject({ field: z.string().optional(), message: z.string().optional() })).optional(),
    })
    .nullish(),
})

/** For `--dry-run=server`: Helm has no reason to write. */
export const refuseWrites: WriteHandler = async ({ method, pathname }) =>
  statusAnswer(403, `A dry run does not write: ${method} ${pathname} was refused.`)

/**
 * Helm runs for real, and the API server tries each of its writes with `dryRun=All`. Nothing is changed.
 * @param observed filled with the writes
 */
export function rehearse(cluster: Cluster, release: Release, observed: ObservedWrite[]): WriteHandler {
  return async (request) => {
    const { target } = request
    if (!target) return statusAnswer(403, `${request.method} ${request.pathname} cannot be tried without effect.`)
    if (isStorage(request, target, release)) return await rehearseStorage(cluster, request)
    const write = await observe(cluster, request, target)
    if (!write) return statusAnswer(403, `${request.method} ${request.pathname} cannot be tried without effect.`)
    observed.push(write)
    const dry = dryRequest(request)
    let answer = await send(cluster, dry)
    const conflicts = answer.status === 409 && dry.query.get('force') === 'false' ? conflictsOf(answer) : []
    if (conflicts.length > 0) {
      write.conflicts = conflicts
      dry.query.set('force', 'true')
      answer = await send(cluster, withQuery(dry))
    }
    complete(write, answer)
    return answer
  }
}

/**
 * Helm runs for real, within what was approved.
 * @param expected by `objectKey`
 * @param observed filled with the writes
 * @param beforeWrite called before anything is sent that changes the cluster; returns why it may not be sent
 */
export function runWithin(
  cluster: Cluster,
  release: Release,
  expected: ReadonlyMap<string, Expected>,
  observed: ObservedWrite[],
  beforeWrite: () => Promise<string | undefined>,
): WriteHandler {
  const own = new Map<string, string>()
  return async (request) => {
    const { target, method, pathname } = request
    if (target && isStorage(request, target, release)) {
      const refusal = await beforeWrite()
      return refusal === undefined ? await send(cluster, request) : statusAnswer(409, refusal)
    }
    const write = target && (await observe(cluster, request, target))
    const planned = write && expected.get(write.key)
    if (!write || !planned)
      return statusAnswer(403, `${method} ${pathname} is not part of the change that was approved.`)
    const uid = write.live?.metadata.uid
    if (!planned.isHook && uid !== planned.uid && uid !== own.get(write.key)) {
      write.message = changedMessage(write, planned)
      write.status = 409
      observed.push(write)
      return statusAnswer(409, write.message)
    }
    observed.push(write)
    const refusal = await beforeWrite()
    if (refusal !== undefined) {
      const refused = statusAnswer(409, refusal)
      complete(write, refused)
      return refused
    }
    const answer = await send(cluster, request)
    complete(write, answer)
    if (write.object?.metadata.uid !== undefined) own.set(write.key, write.object.metadata.uid)
    return answer
  }
}

function changedMessage({ name, target, live }: ObservedWrite, { uid }: Expected): string {
  if (uid === undefined) return `${target.plural} ${name} was created by somebody else meanwhile`
  return live ? `${target.plural} ${name} was replaced meanwhile` : `${target.plural} ${name} was removed meanwhile`
}

/** Undefined if it is no write of one object. */
async function observe(cluster: Cluster, request: ApiRequest, target: ApiPath): Promise<ObservedWrite | undefined> {
  const { method, body } = request
  const name = target.name ?? (method === 'POST' ? objectOf(body)?.metadata.name : undefined)
  if (name === undefined || name === '' || !['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return undefined
  const path = target.name === undefined ? `${request.pathname}/${encodeURIComponent(name)}` : request.pathname
  const live = await liveObject(cluster, path, request.signal)
  const verb = method === 'DELETE' ? 'delete' : live === undefined ? 'create' : 'update'
  return { key: objectKey(target, name), verb, target, name, sent: json(body), ...(live && { live }), conflicts: [] }
}

async function liveObject(cluster: Cluster, path: string, signal: AbortSignal): Promise<KubeObject | undefined> {
  const answer = await send(cluster, { method: 'GET', path, headers: { accept: 'application/json' }, signal })
  if (answer.status === 404) return undefined
  const object = answer.status === 200 ? objectOf(answer.body) : undefined
  if (!object) throw new Error(statusOf(answer)?.message ?? `${path} cannot be read`)
  return object
}

function complete(write: ObservedWrite, answer: ApiAnswer): void {
  write.status = answer.status
  if (answer.status >= 300) write.message = statusOf(answer)?.message ?? `HTTP ${answer.status}`
  else {
    const object = objectOf(answer.body)
    if (object && object.kind !== 'Status') write.object = object
  }
}

/**
 * The release's records: the API server tries what can be tried. A record that the rehearsal itself would have made is not
 * there to be updated, and Helm gets back what it sent.
 */
async function rehearseStorage(cluster: Cluster, request: ApiRequest): Promise<ApiAnswer> {
  const { method, headers, body = Buffer.alloc(0) } = request
  if (method === 'DELETE') {
    const success = { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Success' }
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(success)) }
  }
  const answer = await send(cluster, dryRequest(request))
  if (answer.status !== 404 || method !== 'PUT') return answer
  return {
    status: 200,
    headers: { 'content-type': headers['content-type'] ?? 'application/json' },
    body: Buffer.from(body),
  }
}

const deleteOptionsSchema = z.looseObject({
  propagationPolicy: z.string().optional(),
  gracePeriodSeconds: z.number().optional(),
})

/** The API server ignores the query of a DELETE that has a body, so its options move there: https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/delete.go */
function dryRequest(request: ApiRequest): ApiRequest {
  const query = new URLSearchParams(request.query)
  query.set('dryRun', 'All')
  if (request.method !== 'DELETE') return withQuery({ ...request, query })
  const options = deleteOptionsSchema.safeParse(json(request.body) ?? {}).data
  if (options?.propagationPolicy !== undefined) query.set('propagationPolicy', options.propagationPolicy)
  if (options?.gracePeriodSeconds !== undefined) query.set('gracePeriodSeconds', String(options.gracePeriodSeconds))
  const { 'content-type': _, ...headers } = request.headers
  return withQuery({ ...request, headers, query, body: undefined })
}

function withQuery(request: ApiRequest): ApiRequest {
  return { ...request, path: `${request.pathname}?${request.query.toString()}` }
}

async function send(cluster: Cluster, request: ForwardedRequest): Promise<ApiAnswer> {
  const { method, path, headers, body, signal } = request
  const answer = await cluster.client.forward({ method, path, headers, body, signal })
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.body) chunks.push(chunk)
  return { status: answer.status, headers: answer.headers, body: Buffer.concat(chunks) }
}

/** Helm's own records: `sh.helm.release.v1.web.v3` in the release's namespace. */
function isStorage({ method, body }: ApiRequest, target: ApiPath, release: Release): boolean {
  if (target.group !== '' || target.namespace !== release.namespace) return false
  if (target.plural !== 'secrets' && target.plural !== 'configmaps') return false
  const record = `sh.helm.release.v1.${release.name}.v`
  if (target.name !== undefined) return isRecordName(target.name, record)
  if (method !== 'POST' || !body) return false
  const name = objectOf(body)?.metadata.name
  if (name !== undefined) return isRecordName(name, record)
  // Protobuf, which Helm uses for its records alone: the name stands at the beginning.
  return Buffer.from(body.subarray(0, 4)).toString('latin1') === 'k8s\0' && headOf(body).includes(record)
}

function isRecordName(name: string, record: string): boolean {
  return name.startsWith(record) && /^\d+$/.test(name.slice(record.length))
}

function headOf(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, 512)).toString('latin1')
}

function conflictsOf(answer: ApiAnswer): Conflict[] {
  return (statusOf(answer)?.details?.causes ?? []).map(({ field = '', message = '' }) => ({ field, message }))
}

function statusOf({ body }: ApiAnswer): z.infer<typeof statusSchema> | undefined {
  return statusSchema.safeParse(json(body)).data
}

function objectOf(body: Uint8Array | undefined): KubeObject | undefined {
  return objectSchema.safeParse(json(body)).data
}

function json(body: Uint8Array | undefined): unknown {
  if (!body || body.length === 0) return undefined
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}
