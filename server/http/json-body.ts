/** The body of a request, bounded and parsed. */
import type { IncomingMessage } from 'node:http'
import { ChatRequestError } from '#shared/chat/request'
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'

/** The limit of Rancher's proxy. */
const MAX_BODY_BYTES = 1024 * 1024

export class BodyTooLargeError extends LocalizedError {
  constructor() {
    super(msg('body-too-large', { bytes: MAX_BODY_BYTES, size: '1 MiB' }))
    this.name = 'BodyTooLargeError'
  }
}

/**
 * How much of an oversized body to read before refusing it: a client that is still sending may miss the response if the
 * connection closes.
 */
const MAX_DRAINED_BYTES = 16 * MAX_BODY_BYTES

/**
 * Reads JSON of any content type: some clients send none.
 * @throws BodyTooLargeError, ChatRequestError
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) throw new BodyTooLargeError()
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop must not destroy the request with its socket, which the response needs.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= MAX_BODY_BYTES) chunks.push(bytes)
    if (size > MAX_DRAINED_BYTES) break
  }
  if (size > MAX_BODY_BYTES) throw new BodyTooLargeError()
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new ChatRequestError('body', msg('field-not-json'))
  }
}
