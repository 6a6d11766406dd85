/**
 * Reads a turn to its end as one stream of chunks that begins at `start` once, whatever happens to its connections: a
 * broken one is taken up again, a silent one is read over a WebSocket. The question is asked once.
 */
import type { UIMessageChunk } from 'ai'
import { ChatRequestError } from '../chat/chatProblem'
import { createReplayCursor } from './replayCursor'
import { FeedBrokenError, isLastChunk, TurnGoneError, type TurnFeed } from './turnFeed'
import { openFirst, type OpenFeed, type Patience } from './turnRace'
import { wait } from '../connection/wait'

export interface TurnReaderOptions {
  /** Asks the question. Called once. */
  ask: (signal: AbortSignal) => Promise<TurnFeed>
  /** Takes the turn up from its start. @throws TurnGoneError where the server does not have it */
  resume: (signal: AbortSignal) => Promise<TurnFeed>
  openSocket: (signal: AbortSignal) => TurnFeed
  /** Whether the network holds server-sent events back; remembered by who calls. */
  network: { holdsEvents: boolean }
  /** Called when a connection has broken, and when it is mended. */
  onBroken: (isBroken: boolean) => void
  /** Called with every chunk, before it is passed on. */
  onChunk: (chunk: UIMessageChunk) => void
  signal: AbortSignal
  patience?: Patience
  /** Milliseconds before each attempt to take a broken turn up again. */
  delays?: readonly number[]
}

/** About ten seconds in all. */
const usualDelays = [0, 500, 1000, 2000, 3000, 3500]
/** How many of them where the turn was not seen before: then the server is rather away than lost for a moment. */
const timesUnseen = 4

/** How long one attempt may take, in milliseconds. A proxy that holds events back takes three seconds of it. */
const attemptLimit = 8000

export class TurnReader {
  private readonly cursor = createReplayCursor()
  private open: OpenFeed | undefined
  private hasBegun = false
  private isOver = false
  /** Times it was taken up again without anything new. */
  private fruitless = 0

  constructor(private readonly options: TurnReaderOptions) {}

  /** Asks the question, when it is first read. */
  ask(): TurnFeed {
    return this.stream(() => this.connect(this.options.ask))
  }

  /** @returns the rest of a turn that another reader began, with all it has said; undefined where it cannot be had */
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

  /** The next chunk that is new, undefined after the last. */
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
    // A proxy that gives up ends the stream cleanly: only the server's own last word tells a whole answer from half of one.
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

  /** @throws what is told to the person where it cannot be mended */
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

/** Whether the turn may well go on at the server though this reading of it has ended. */
function isBroken(error: unknown): boolean {
  if (error instanceof ChatRequestError) return error.problem.code === 'turn-exists' || error.isFromGateway
  // fetch says TypeError where nothing answers and where a connection breaks.
  return error instanceof FeedBrokenError || error instanceof TypeError
}
