/**
 * Keeps an HTTP+SSE session alive over broken streams. A server that supports this sends the header `Mcp-Recovery`. A
 * broken stream is reopened with the session's id, and the server sends missed messages, so pending calls get their results. Other servers are unaffected.
 */
import { createParser } from 'eventsource-parser'
import type { EventSourceMessage } from 'eventsource-parser'
import { setTimeout as delay } from 'node:timers/promises'

/** Our own server's name for it: see mcp/transports/sse-session.ts. */
const RECOVERY_HEADER = 'mcp-recovery'

/** All in milliseconds. */
export interface RecoveryTiming {
  /** How long to retry a broken stream or a failed POST before the session counts as lost. */
  windowMs: number
  /** Silence that counts as a broken stream: the server sends a comment every 15 s. */
  silenceMs: number
  backoffMs: number
  backoffMaxMs: number
}

const TIMING: RecoveryTiming = { windowMs: 5_000, silenceMs: 45_000, backoffMs: 50, backoffMaxMs: 1_000 }

type Fetch = typeof fetch
type Input = Parameters<Fetch>[0]
type Init = NonNullable<Parameters<Fetch>[1]>

/**
 * A fetch for the SDK's SSEClientTransport.
 * @param base sends the requests
 */
export function resumableFetch(base: Fetch, timing: Partial<RecoveryTiming> = {}): Fetch {
  const session = new ResumableSession(base, { ...TIMING, ...timing })
  return (input, init = {}) => (init.method === 'POST' ? session.post(input, init) : session.open(input, init))
}

class ResumableSession {
  /** The server's secret for this session; absent: it cannot resume sessions. */
  private recovery: string | undefined
  private sessionId: string | undefined
  private lastEventId = 0

  constructor(
    private readonly base: Fetch,
    private readonly timing: RecoveryTiming,
  ) {}

  async open(input: Input, init: Init): Promise<Response> {
    const response = await this.base(input, init)
    const recovery = response.headers.get(RECOVERY_HEADER)
    if (!response.ok || !response.body || recovery === null) return response
    this.recovery = recovery
    this.sessionId = undefined
    this.lastEventId = 0
    const { status, headers, body } = response
    return new Response(this.unbroken(body, input, init), { status, headers })
  }

  /** A server that can resume recognises repeated messages, so resending runs nothing twice. */
  async post(input: Input, init: Init): Promise<Response> {
    if (this.recovery === undefined) return await this.base(input, init)
    let failure: unknown
    const answer = await this.withinWindow(init.signal, async () => {
      try {
        return await this.base(input, { ...init, headers: this.withLastEventId(init) })
      } catch (error) {
        // Only the first attempts tell whether the message may have arrived.
        failure ??= error
        if (mayHaveArrived(error) && !mayHaveArrived(failure)) failure = error
        return 'again'
      }
    })
    if (answer) return answer
    throw failure
  }

  private unbroken(first: ReadableStream<Uint8Array>, input: Input, init: Init): ReadableStream<Uint8Array> {
    const stopped = new AbortController()
    const signal = init.signal ? AbortSignal.any([init.signal, stopped.signal]) : stopped.signal
    return new ReadableStream({
      start: (controller) => void this.copyAll(controller, first, input, { ...init, signal }),
      cancel: () => stopped.abort(),
    })
  }

  private async copyAll(
    controller: ReadableStreamDefaultController<Uint8Array>,
    first: ReadableStream<Uint8Array>,
    input: Input,
    init: Init & { signal: AbortSignal },
  ): Promise<void> {
    let body: ReadableStream<Uint8Array> | undefined = first
    while (body) {
      await this.copy(body, controller, init.signal)
      body = init.signal.aborted ? undefined : await this.resume(input, init)
    }
    // The SDK treats both as the end of the stream; after an abort nobody listens.
    controller.error(init.signal.aborted ? init.signal.reason : new TypeError('terminated'))
  }

  /** Copies whole events. Resolves when the stream has ended, broken or become silent. */
  private async copy(
    body: ReadableStream<Uint8Array>,
    controller: ReadableStreamDefaultController<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    const encoder = new TextEncoder()
    const decoder = new TextDecoder()
    const parser = createParser({
      onEvent: (event) => {
        if (this.isNew(event)) controller.enqueue(encoder.encode(serialized(event)))
      },
    })
    const reader = body.getReader()
    const cancel = () => void reader.cancel().catch(() => undefined)
    signal.addEventListener('abort', cancel, { once: true })
    const watchdog = setTimeout(cancel, this.timing.silenceMs).unref()
    try {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        watchdog.refresh()
        parser.feed(decoder.decode(piece.value, { stream: true }))
      }
    } catch {
      // A partially received last event is sent again.
    } finally {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', cancel)
      cancel()
    }
  }

  private isNew({ event, id, data }: EventSourceMessage): boolean {
    if (event === 'endpoint') {
      this.sessionId = new URL(data, 'http://localhost').searchParams.get('sessionId') ?? undefined
      return true
    }
    const number = Number(id)
    if (id === undefined || !Number.isInteger(number)) return true
    if (number <= this.lastEventId) return false
    this.lastEventId = number
    return true
  }

  /** @returns undefined if the server does not resume the session */
  private async resume(
    input: Input,
    init: Init & { signal: AbortSignal },
  ): Promise<ReadableStream<Uint8Array> | undefined> {
    const { sessionId, recovery } = this
    if (sessionId === undefined || recovery === undefined) return undefined
    const url = new URL(input instanceof Request ? input.url : input)
    url.searchParams.set('sessionId', sessionId)
    const response = await this.withinWindow(init.signal, async () => {
      const headers = this.withLastEventId(init)
      headers.set(RECOVERY_HEADER, recovery)
      const answer = await this.base(url, { ...init, headers }).catch(() => undefined)
      if (answer?.ok) return answer
      await answer?.body?.cancel().catch(() => undefined)
      // The server reports that the session is unknown or not ours.
      return answer && answer.status < 500 ? 'never' : 'again'
    })
    return response?.body ?? undefined
  }

  private withLastEventId(init: Init): Headers {
    const headers = new Headers(init.headers)
    if (this.lastEventId > 0) headers.set('Last-Event-ID', String(this.lastEventId))
    return headers
  }

  /**
   * Retries until there is a response, or the time is over.
   * @returns undefined then, or when aborted
   */
  private async withinWindow(
    signal: AbortSignal | null | undefined,
    attempt: () => Promise<Response | 'again' | 'never'>,
  ): Promise<Response | undefined> {
    const { windowMs, backoffMs, backoffMaxMs } = this.timing
    const until = performance.now() + windowMs
    for (let pause = backoffMs; ; pause = Math.min(backoffMaxMs, pause * 2)) {
      const answer = await attempt()
      if (typeof answer !== 'string') return answer
      if (answer === 'never' || signal?.aborted || performance.now() + pause > until) return undefined
      await delay(pause, undefined, { ...(signal && { signal }), ref: false }).catch(() => undefined)
      if (signal?.aborted) return undefined
    }
  }
}

/** False if no connection was made. */
function mayHaveArrived(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code !== 'ECONNREFUSED' && code !== 'ENOTFOUND'
}

function serialized({ event, id, data }: EventSourceMessage): string {
  const lines = data.split('\n').map((line) => `data: ${line}\n`)
  return `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}${lines.join('')}\n`
}
