/**
 * One turn read two ways at once: over server-sent events, and, where no event comes for a while, over a WebSocket. The
 * first to bring a chunk stays; until then the other is not given up.
 */
import type { UIMessageChunk } from 'ai'
import { ChatRequestError } from '../chat/chatProblem'
import { FeedBrokenError, type TurnFeed } from './turnFeed'

/** How long server-sent events are waited for before the socket is opened, in milliseconds. */
export interface Patience {
  /** From the request until the response starts. */
  response: number
  /** From the response's start until the first event. */
  event: number
}
export const usualPatience: Patience = { response: 5000, event: 3000 }

export type FeedKind = 'sse' | 'socket'

/** A feed of which the first chunk has been read. */
export interface OpenFeed {
  kind: FeedKind
  first: UIMessageChunk
  reader: ReadableStreamDefaultReader<UIMessageChunk>
}

export interface RaceOptions {
  openSse: (signal: AbortSignal) => Promise<TurnFeed>
  openSocket: (signal: AbortSignal) => TurnFeed
  /** The socket was needed before: it is opened at once. */
  socketAtOnce: boolean
  patience?: Patience
  /** Milliseconds after which neither is waited for any more. */
  limit?: number
  /** Ends both. */
  signal: AbortSignal
}

/**
 * @throws what the server-sent events failed with; what the socket was refused with, where their request had no answer
 */
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
      // A socket that cannot be had leaves the events, however late they come; only where the request has no answer at all
      // and the server does not know the turn either, it has got lost.
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
