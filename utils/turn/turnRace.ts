/**
 * Reads a turn over two transports: server-sent events and, if none arrive for a while, a WebSocket. The first with a
 * chunk wins; until then both stay open.
 */
import type { UIMessageChunk } from 'ai'
import { ChatRequestError } from '../chat/chatProblem'
import { FeedBrokenError, type TurnFeed } from './turnFeed'

/** How long to wait for server-sent events before opening the socket, in milliseconds. */
export interface Patience {
  /** From the request to the start of the response. */
  response: number
  /** From the response's start to the first event. */
  event: number
}
const usualPatience: Patience = { response: 5000, event: 3000 }

export type FeedKind = 'sse' | 'socket'

/** A feed whose first chunk has been read. */
export interface OpenFeed {
  kind: FeedKind
  first: UIMessageChunk
  reader: ReadableStreamDefaultReader<UIMessageChunk>
}

export interface RaceOptions {
  openSse: (signal: AbortSignal) => Promise<TurnFeed>
  openSocket: (signal: AbortSignal) => TurnFeed
  /** Opens the socket at once, since it was needed before. */
  socketAtOnce: boolean
  patience?: Patience
  /** Time limit for both, in milliseconds. */
  limit?: number
  /** Aborts both. */
  signal: AbortSignal
}

/** @throws the error of the server-sent events; the socket's refusal if their request got no response */
export function openFirst(options: RaceOptions): Promise<OpenFeed> {
  const { openSse, openSocket, patience = usualPatience, signal } = options
  const controllers = { sse: new AbortController(), socket: new AbortController() }
  let isSettled = false
  let hasResponse = false
  let hasSocket = false
  let waiting: ReturnType<typeof setTimeout> | undefined
  let limit: ReturnType<typeof setTimeout> | undefined

  return new Promise<OpenFeed>((resolve, reject) => {
    function settle(winner?: FeedKind): void {
      isSettled = true
      clearTimeout(waiting)
      clearTimeout(limit)
      if (winner !== 'sse') controllers.sse.abort()
      if (winner !== 'socket') controllers.socket.abort()
    }
    function fail(error: unknown): void {
      if (isSettled) return
      settle()
      reject(error instanceof Error ? error : new Error(String(error)))
    }

    async function contend(kind: FeedKind, opening: Promise<TurnFeed>): Promise<void> {
      const feed = await opening
      if (kind === 'sse') {
        hasResponse = true
        if (!hasSocket) waitForSse(patience.event)
      }
      const reader = feed.getReader()
      const { done, value } = await reader.read()
      if (isSettled) return void reader.cancel().catch(() => undefined)
      if (done) throw new FeedBrokenError('the stream ended before it began')
      settle(kind)
      resolve({ kind, first: value, reader })
    }

    function waitForSse(ms: number): void {
      clearTimeout(waiting)
      if (!isSettled) waiting = setTimeout(beginSocket, ms)
    }
    function beginSocket(): void {
      hasSocket = true
      // Without a socket, events may still arrive late. The turn is lost only if the request got no response and the
      // server does not know it.
      contend('socket', Promise.resolve(openSocket(controllers.socket.signal))).catch((error: unknown) => {
        if (error instanceof ChatRequestError && !hasResponse) fail(error)
      })
    }

    const onAbort = () => {
      controllers.sse.abort()
      controllers.socket.abort()
      fail(new DOMException('Aborted', 'AbortError'))
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    if (options.limit !== undefined)
      limit = setTimeout(() => fail(new FeedBrokenError('nothing came in time')), options.limit)
    if (options.socketAtOnce) beginSocket()
    else waitForSse(patience.response)
    contend('sse', openSse(controllers.sse.signal)).catch(fail)
  })
}
