/** Reads API server responses: bounded bodies, validated objects, refusals. */
import { msg } from '../../../shared/messages/create'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import { connectionError } from '../errors/connection-error'
import type { RequestSubject, StatusWords } from '../errors/errors'

/** Larger responses would fill the memory. In bytes. */
const MAX_BODY = 256 * 1024 * 1024

const statusSchema = z.looseObject({
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z
    .looseObject({
      kind: z.string().optional(),
      name: z.string().optional(),
      causes: z
        .array(
          z.looseObject({
            reason: z.string().optional(),
            message: z.string().optional(),
            field: z.string().optional(),
          }),
        )
        .nullish(),
    })
    .nullish(),
})

/** @throws KubeError; the signal's reason if it is aborted */
export async function readBody(
  body: Dispatcher.ResponseData['body'],
  subject: RequestSubject,
  signal?: AbortSignal,
): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) continue
      size += chunk.length
      if (size > MAX_BODY) throw new KubeError('too-large', msg('api-answer-too-large', { size: MAX_BODY >> 20 }))
      chunks.push(chunk)
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw connectionError(error, subject)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** @throws KubeError `server-error` */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>, server: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new KubeError('server-error', msg('api-not-kubernetes', { server }), {}, text.slice(0, 200))
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new KubeError('server-error', msg('api-unexpected'), {}, z.prettifyError(result.error))
}

export async function readStatus({ body, headers }: Dispatcher.ResponseData): Promise<StatusWords> {
  const text = await body.text().catch(() => '')
  const after = Number(headers['retry-after'])
  const retry = Number.isFinite(after) && after > 0 ? { retryAfterSeconds: after } : {}
  try {
    const { message, reason, details } = statusSchema.parse(JSON.parse(text))
    const { kind, name, causes } = details ?? {}
    return { message, reason, kind, name, causes: causes ?? [], ...retry }
  } catch {
    return { message: text.slice(0, 500), ...retry }
  }
}

const WARNING = /(?:^|,\s*)\d{3} \S+ "((?:[^"\\]|\\.)*)"/g

/** Texts of `Warning` headers (RFC 7234), by which the API server reports accepted but problematic requests. */
export function warningsOf(headers: Dispatcher.ResponseData['headers']): string[] {
  const lines = [headers.warning ?? []].flat()
  const texts = lines.flatMap((line) =>
    [...line.matchAll(WARNING)].map(([, text = '']) => text.replace(/\\(.)/g, '$1')),
  )
  return [...new Set(texts)]
}

/** Without hop-by-hop headers. */
export function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  return Object.fromEntries(entries)
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'trailer'])

/** The other end closed a pooled connection without reading the request. */
export function isClosedConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
  )
}
