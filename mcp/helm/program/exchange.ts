/** One request of Helm and its response, fully buffered. */
import { z } from 'zod'
import type { StatusWords } from '../../kubernetes/errors/errors'
import { objectSchema, toObject } from '../../kubernetes/list/paging'
import type { Cluster, ForwardedAnswer, ForwardedRequest, KubeObject } from '../../kubernetes/types'
import type { ApiPath } from '../../../shared/kubernetes/api'

export interface ApiRequest extends ForwardedRequest {
  /** The path without its query. */
  pathname: string
  query: URLSearchParams
  /** Absent if the path is not a resource path. */
  target?: ApiPath
}

export interface ApiAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** Answers requests that are neither reads nor access reviews. */
export type WriteHandler = (request: ApiRequest) => Promise<ApiAnswer>

export async function exchange(cluster: Cluster, request: ForwardedRequest): Promise<ApiAnswer> {
  const { method, path, headers, body, signal } = request
  return await whole(await cluster.client.forward({ method, path, headers, body, signal }))
}

export async function whole({ status, headers, body }: ForwardedAnswer): Promise<ApiAnswer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return { status, headers, body: Buffer.concat(chunks) }
}

export function withQuery(request: ApiRequest): ApiRequest {
  return { ...request, path: `${request.pathname}?${request.query.toString()}` }
}

export function jsonOf(body: Uint8Array | undefined): unknown {
  if (!body || body.length === 0) return undefined
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

export function objectOf(body: Uint8Array | undefined): KubeObject | undefined {
  const parsed = objectSchema.safeParse(jsonOf(body))
  return parsed.success ? toObject(parsed.data) : undefined
}

const causeSchema = z.looseObject({
  field: z.string().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
})
const statusSchema = z.looseObject({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().optional(),
  details: z
    .looseObject({ kind: z.string().optional(), name: z.string().optional(), causes: z.array(causeSchema).optional() })
    .nullish(),
})

/** The API server's explanation of a refusal. */
export function wordsOf({
  status,
  body,
}: ApiAnswer): StatusWords & { message: string; causes: z.infer<typeof causeSchema>[] } {
  const parsed = statusSchema.safeParse(jsonOf(body)).data
  if (!parsed) return { message: `HTTP ${status}`, causes: [] }
  const { kind, name, causes = [] } = parsed.details ?? {}
  return { message: parsed.message, reason: parsed.reason, kind, name, causes }
}

/** An error in the API server's format, so that Helm prints its message. */
export function statusAnswer(code: number, message: string): ApiAnswer {
  const reason = REASONS[code] ?? 'InternalError'
  const status = { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Failure', message, reason, code }
  return { status: code, headers: JSON_HEADERS, body: Buffer.from(JSON.stringify(status)) }
}

const REASONS: Record<number, string> = { 400: 'BadRequest', 401: 'Unauthorized', 403: 'Forbidden', 409: 'Conflict' }

export function successAnswer(): ApiAnswer {
  const success = { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Success' }
  return { status: 200, headers: JSON_HEADERS, body: Buffer.from(JSON.stringify(success)) }
}

const JSON_HEADERS = { 'content-type': 'application/json' }
