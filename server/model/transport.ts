/** The connection to a model server: patient enough for a cold load, and without redirects. */
import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'

/**
 * undici's default limits of 300 s on headers and body would abort a cold load: Ollama sends its headers with the first
 * token. They are off; the callers have timeouts.
 */
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })

/** Maximum bytes of a non-streaming answer. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

/** A streaming response. A web stream as its body would cost more than all processing. */
export class StreamResponse extends Response {
  constructor(
    readonly stream: Readable,
    init: ResponseInit,
  ) {
    super(null, init)
  }
}

/**
 * A fetch for JSON requests: event streams become StreamResponse, others Node's own Response with its body read.
 * @throws TypeError as fetch does, with the reason as `cause`; the signal's reason when aborted
 */
export async function modelFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const { statusCode, headers, body } = await request(input instanceof Request ? input.url : input, {
    dispatcher,
    method: init.method === 'POST' ? 'POST' : 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    body: typeof init.body === 'string' ? init.body : null,
    signal: init.signal ?? null,
  }).catch((error: unknown) => {
    init.signal?.throwIfAborted()
    throw new TypeError('fetch failed', { cause: error })
  })
  const answer = { status: statusCode, headers: plainHeaders(headers) }
  const isStream = answer.headers.get('content-type')?.includes('event-stream')
  if (isStream && statusCode >= 200 && statusCode < 300) return new StreamResponse(body, answer)
  const text = await readText(body)
  // A redirect would send the prompt, and possibly the key, to another host.
  if (statusCode >= 300 && statusCode < 400)
    throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
  const hasNoBody = statusCode === 204 || statusCode === 205
  return new Response(hasNoBody ? null : text, answer)
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  const plain = new Headers()
  for (const [name, value] of Object.entries(headers)) for (const each of [value ?? []].flat()) plain.append(name, each)
  return plain
}

async function readText(body: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body) {
    const bytes = Buffer.from(piece)
    size += bytes.length
    if (size > MAX_BODY_BYTES) throw new TypeError('fetch failed', { cause: new Error('the answer is too large') })
    pieces.push(bytes)
  }
  return Buffer.concat(pieces).toString('utf8')
}
