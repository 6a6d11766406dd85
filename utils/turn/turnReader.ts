/**
 * Reads a turn to its end as one stream with one `start` over unreliable connections: resumes a broken one, and reads a
 * silent one over a WebSocket. The question is sent once.
 */
import type { UIMessageChunk } from 'ai'
import { ChatRequestError } from '../chat/chatProblem'
import { createReplayCursor } from './replayCursor'
import { FeedBrokenError, isLastChunk, TurnGoneError, type TurnFeed } from './turnFeed'
import { openFirst, type OpenFeed, type Patience } from './turnRace'
import { wait } from '../connection/wait'

export interface TurnReaderOptions {
  /** Sends the question. Called once. */
  ask: (signal: AbortSignal) => Promise<TurnFeed>
  /**
   * Resumes the turn from its start.
   * @throws TurnGoneError if the server does not have it
   */
  resume: (signal: AbortSignal) => Promise<TurnFeed>
  openSocket: (signal: AbortSignal) => TurnFeed
  /** Whether the network buffers server-sent events; the caller keeps it. */
  network: { holdsEvents: boolean }
  /** Called when a connection breaks and when it is restored. */
  onBroken: (isBroken: boolean) => void
  /** Called with every chunk before it is passed on. */
  onChunk: (chunk: UIMessageChunk) => void
  signal: AbortSignal
  patience?: Patience
  /** Milliseconds before each attempt to resume. */
  delays?: readonly number[]
}

/** About ten seconds in total. */
const usualDelays = [0, 500, 1000, 2000, 3000, 3500]
/** Attempts for a turn that was never seen: then the server is probably down. */
const timesUnseen = 4

/** Time limit of one attempt, in milliseconds. A buffering proxy takes three seconds of it. */
const attemptLimit = 8000

export class TurnReader {
  private readonly cursor = createReplayCursor()
  private open: OpenFeed | undefined
  private hasBegun = false
  private isOver = false
  /** Consecutive resumptions without new chunks. */
  private fruitless = 0

  constructor(private readonly options: TurnReaderOptions) {}

  /** Sends the question at the first read. */
  ask(): TurnFeed {
    return this.stream(() => this.connect(this.options.ask))
  }

  /** @returns the rest of another reader's turn, replayed from its start; undefined if unavailable */
  async resume(): Promise<TurnFeed | undefined> {
    try {
      await this.retry(timesUnseen)
      return this.stream()
    } catch {
      return undefined
    }
  }

  private stream(begin?: () => Promise<void>): TurnFeed {
    return new ReadableStream<UIMessageChunk>({
      pull: async (controller) => {
        const chunk = await this.next(begin)
        begin = undefined
        if (chunk) controller.enqueue(chunk)
        else controller.close()
      },
      cancel: () => this.open?.reader.cancel(),
    })
  }

  /** The next new chunk, undefined after the last one. */
  private async next(begin?: () => Promise<void>): Promise<UIMessageChunk | undefined> {
    if (this.isOver) return undefined
    try {
      await begin?.()
    } catch (error) {
      await this.mend(error)
    }
    for (;;) {
      try {
        const chunk = this.cursor.advance(await this.read())
        if (!chunk) continue
        this.fruitless = 0
        this.isOver = isLastChunk(chunk)
        if (this.isOver) void this.open?.reader.cancel().catch(() => undefined)
        this.options.onChunk(chunk)
        return chunk
      } catch (error) {
        await this.mend(error)
      }
    }
  }

  private async read(): Promise<UIMessageChunk> {
    if (!this.open) throw new FeedBrokenError('not connected')
    const { first } = this.open
    if (!this.hasBegun) {
      this.hasBegun = true
      return first
    }
    const { done, value } = await this.open.reader.read()
    // A proxy that gives up ends the stream cleanly: only the server's last chunk marks a complete answer.
    if (done) throw new FeedBrokenError('the stream ended before the answer did')
    return value
  }

  private async connect(openSse: TurnReaderOptions['ask'], limit?: number): Promise<void> {
    const { openSocket, network, signal, patience } = this.options
    const bounds = { ...(patience && { patience }), ...(limit !== undefined && { limit }) }
    this.open = await openFirst({ openSse, openSocket, socketAtOnce: network.holdsEvents, signal, ...bounds })
    if (this.open.kind === 'socket') network.holdsEvents = true
    this.hasBegun = false
    this.cursor.rewind()
  }

  /** @throws the error to show if it cannot resume */
  private async mend(error: unknown): Promise<void> {
    const { onBroken, signal } = this.options
    if (signal.aborted || !isBroken(error)) throw error
    const wasSeen = this.open !== undefined
    onBroken(true)
    try {
      if (++this.fruitless > usualDelays.length) throw new FeedBrokenError('it breaks again and again')
      await this.retry(wasSeen ? undefined : timesUnseen)
    } catch (failure) {
      if (signal.aborted) throw failure
      throw wasSeen || error instanceof FeedBrokenError ? new ChatRequestError({ code: 'connection-lost' }) : error
    } finally {
      onBroken(false)
    }
  }

  private async retry(times = Infinity): Promise<void> {
    const { resume, signal, delays = usualDelays } = this.options
    let last: unknown
    for (const delay of delays.slice(0, times)) {
      await wait(delay, signal)
      try {
        return await this.connect(resume, attemptLimit)
      } catch (error) {
        if (signal.aborted || error instanceof TurnGoneError) throw error
        last = error
      }
    }
    throw last
  }
}

/** Whether the turn may continue at the server although this reading ended. */
function isBroken(error: unknown): boolean {
  if (error instanceof ChatRequestError) return error.problem.code === 'turn-exists' || error.isFromGateway
  // fetch throws TypeError for an unreachable server and for a broken connection.
  return error instanceof FeedBrokenError || error instanceof TypeError
}
