/** The body of a request, bounded and parsed. */
import type { IncomingMessage } from 'node:http'
import { ChatRequestError } from '#shared/chat-request'

/** As Rancher's proxy caps it. */
const MAX_BODY_BYTES = 1024 * 1024

export class BodyTooLargeError extends Error {
  constructor() {
    super(
      `The request body is over ${MAX_BODY_BYTES} bytes (1 MiB). Start a new conversation, or shorten the question.`,
    )
    this.name = 'BodyTooLargeError'
  }
}

/**
 * What is read of a body that is too large before it is refused: a client that is still sending when the connection
 * closes may never see the answer.
 */
const MAX_DRAINED_BYTES = 16 * MAX_BODY_BYTES

/**
 * Reads JSON of any content type: the design's own client sends none.
 * @throws BodyTooLargeError, ChatRequestError
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) throw new BodyTooLargeError()
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop must not destroy the request: the socket would go with it, and the answer.
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
    throw new ChatRequestError('body', 'is not valid JSON')
  }
}
