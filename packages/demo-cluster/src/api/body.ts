/** Reads request bodies. */
import type { IncomingMessage } from 'node:http'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import type { Json, JsonObject } from '../types'
import type { ReviewKind } from './access'
import { objectOf } from './patch/json'
import { PROTOBUF, readAccessReview, readProtobuf } from './protobuf'
import { badRequest, StatusError } from './status'

/** Reviews are small. */
const MAX_REVIEW_BYTES = 64 * 1024
/** The API server's limit. */
const MAX_OBJECT_BYTES = 3 * 1024 * 1024

/**
 * Reads a review in JSON or protobuf. Only SelfSubjectAccessReviews have relevant content; others are drained.
 * @throws StatusError 413 if it is too large, 415 for another content type, 400 if it is unreadable
 */
export async function readReviewBody(request: IncomingMessage, kind: ReviewKind): Promise<unknown> {
  const type = contentType(request)
  const bytes = await readBytes(request, MAX_REVIEW_BYTES)
  if (kind !== 'SelfSubjectAccessReview') return { spec: {} }
  if (type === PROTOBUF) return readAccessReview(bytes)
  if (type !== 'application/json') {
    throw new StatusError(415, 'UnsupportedMediaType', `the demo cluster does not read ${type}`)
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw badRequest('the body is not JSON')
  }
}

/** The media type of a body, without its parameters. */
export function contentType(request: IncomingMessage): string {
  const [type = ''] = (request.headers['content-type'] ?? 'application/json').split(';')
  return type.trim().toLowerCase()
}

/**
 * Reads an object or patch in JSON, YAML or, for a few kinds, protobuf.
 * @throws StatusError 413 if it is too large, 415 for another content type, 400 if it is unreadable
 */
export async function readJson(request: IncomingMessage): Promise<Json> {
  const type = contentType(request)
  const bytes = await readBytes(request, MAX_OBJECT_BYTES)
  if (type === PROTOBUF) return readProtobuf(bytes)
  const text = bytes.toString('utf8')
  if (/\byaml$/.test(type)) return parsed(() => parseYaml(text))
  if (/\bjson$/.test(type)) return parsed(() => JSON.parse(text))
  throw new StatusError(415, 'UnsupportedMediaType', `the demo cluster does not read ${type}`)
}

/** @throws StatusError as `readJson`, and 400 if the body is not an object */
export async function readObject(request: IncomingMessage): Promise<JsonObject> {
  return objectOf(await readJson(request))
}

/** Excessive nesting also fails here: the parsers run out of stack. */
function parsed(parse: () => unknown): Json {
  try {
    return z.json().parse(parse())
  } catch (error) {
    const reason = error instanceof Error && !(error instanceof z.ZodError) ? error.message.split('\n', 1)[0] : ''
    throw badRequest(`the body cannot be read: ${reason || 'it holds more than JSON can say'}`)
  }
}

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) throw new StatusError(413, 'RequestEntityTooLarge', 'the body is too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
