/** Reading what a client posted. */
import type { IncomingMessage } from 'node:http'
import type { ReviewKind } from './access'
import { readAccessReview } from './protobuf'
import { badRequest, StatusError } from './status'

/** Reviews are small; whatever is larger is none. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * The body of a review, written in JSON or in protobuf. Of a SelfSubjectRulesReview nothing is needed: it is drained.
 * @throws StatusError 413 for a body that is too large, 415 for another content type, 400 where it cannot be read
 */
export async function readReviewBody(request: IncomingMessage, kind: ReviewKind): Promise<unknown> {
  const [type = ''] = (request.headers['content-type'] ?? 'application/json').split(';')
  const bytes = await readBytes(request)
  if (kind === 'SelfSubjectRulesReview') return { spec: {} }
  if (type === 'application/vnd.kubernetes.protobuf') return readAccessReview(bytes)
  if (type !== 'application/json') {
    throw new StatusError(415, 'UnsupportedMediaType', `the demo cluster does not read ${type}`)
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw badRequest('the body is no JSON')
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BODY_BYTES) throw new StatusError(413, 'RequestEntityTooLarge', 'the body is too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
