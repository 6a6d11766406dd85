/** One turn while it runs and for a while after: who reads it, what ends it. */
import { randomUUID } from 'node:crypto'
import type { ErrorCode } from '#shared/errors'
import type { TurnEvent } from '../agent/events'
import { TurnLog } from './turn-log'

export interface TurnRequest {
  /** Name of who asks. Nobody else finds the turn. */
  user: string
  /** The client's own id of the turn; ours where absent. */
  turnId?: string | undefined
  /** The conversation, by which a page that was reloaded asks for its turn. */
  conversationId?: string | undefined
  /** The assistant message that the turn goes on with; absent: a new one. */
  messageId?: string | undefined
  /** The turn outlives its connection for the grace period. */
  resumable: boolean
  /** Stands in every log line of the request. */
  requestId: string
  model: string
}

/** What every reader of a turn is told at its start, the same each time. */
export interface TurnInfo {
  turnId: string
  messageId: string
  requestId: string
  model: string
  /** Milliseconds since the epoch. */
  startedAt: number
}

export interface TurnLimits {
  /** How long a resumable turn goes on, and is kept, without a reader, in milliseconds. */
  graceMs: number
  /** Characters that one turn may yield: what is kept is held in memory. */
  maxChars: number
}

/** Is told what happens in a turn, for the log of the process. */
export interface TurnReport {
  see: (event: TurnEvent) => void
  /** What nobody expected. */
  failed: (error: unknown) => void
  end: () => void
}

/** Yields events, and emits those that come in between at once; both in order. */
export type RunTurn = (emit: (event: TurnEvent) => void, signal: AbortSignal) => AsyncIterable<TurnEvent>

const UNEXPECTED = 'Something went wrong in the server. Its log has the details.'
const TOO_LARGE = 'The answer grew larger than what is kept of one turn. Ask for less at once.'

export class Turn {
  readonly info: TurnInfo
  readonly ended: Promise<void>
  private readonly log: TurnLog
  private readonly controller = new AbortController()
  private readers = 0
  private leaving: NodeJS.Timeout | undefined
  private failure: { code: ErrorCode; message: string } | undefined
  isRunning = true

  /**
   * @param onGone called once nobody can come back for it any more
   * @param isStopped it was stopped before it began
   */
  constructor(
    readonly request: TurnRequest,
    run: RunTurn,
    private readonly report: TurnReport,
    private readonly limits: TurnLimits,
    private readonly onGone: () => void,
    isStopped = false,
  ) {
    const { turnId = randomUUID(), messageId = randomUUID(), requestId, model } = request
    this.info = { turnId, messageId, requestId, model, startedAt: Date.now() }
    this.log = new TurnLog(request.resumable)
    if (isStopped) this.stop()
    this.ended = this.pump(run)
  }

  /**
   * The turn's events from its start, whoever reads. The last is `finish`, unless `client` aborts first.
   * @param client aborts when the reader has gone; a turn that is not resumable ends with it
   */
  events(client: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
    let isHere = true
    const left = () => {
      if (!isHere) return
      isHere = false
      client.removeEventListener('abort', left)
      this.readers--
      this.readerLeft()
    }
    this.readers++
    clearTimeout(this.leaving)
    client.addEventListener('abort', left, { once: true })
    if (client.aborted) left()
    return this.log.read(client, left)
  }

  /** Ends it at once. What had arrived stays; the readers get `finish`. */
  stop(): void {
    if (this.isRunning) this.controller.abort(new Error('the turn was stopped'))
  }

  /** Ends it at once, and tells the readers why. */
  fail(code: ErrorCode, message: string): void {
    if (!this.isRunning) return
    this.failure ??= { code, message }
    this.stop()
  }

  /** Says something to the person while the turn goes on. */
  tell(text: string): void {
    if (this.isRunning) this.log.append({ type: 'notice', text })
  }

  /** Roughly what it holds in memory, in characters. */
  get size(): number {
    return this.log.size
  }

  private async pump(run: RunTurn): Promise<void> {
    const { signal } = this.controller
    try {
      for await (const event of run((between) => this.add(between), signal)) {
        if (event.type === 'finish' && this.failure) {
          this.add({ type: 'error', ...this.failure })
          this.add({ ...event, reason: 'error' })
        } else this.add(event)
        if (this.log.size > this.limits.maxChars && this.request.resumable) this.fail('internal', TOO_LARGE)
        if (this.log.isBehind) await this.log.untilRead(signal)
      }
    } catch (error) {
      this.report.failed(error)
      this.add({ type: 'error', code: 'internal', message: UNEXPECTED })
      this.add({ type: 'finish', reason: 'error', usage: { promptTokens: 0, completionTokens: 0 } })
    }
    this.report.end()
    this.isRunning = false
    this.log.end()
    if (this.readers === 0) this.readerLeft()
  }

  private add(event: TurnEvent): void {
    this.report.see(event)
    this.log.append(event)
  }

  private readerLeft(): void {
    clearTimeout(this.leaving)
    if (!this.request.resumable) {
      this.stop()
      this.onGone()
    } else if (this.readers === 0) {
      this.leaving = setTimeout(() => {
        this.stop()
        this.onGone()
      }, this.limits.graceMs)
      this.leaving.unref()
    }
  }
}
