/** One turn while it runs and for a while after: its readers and its end. */
import { randomUUID } from 'node:crypto'
import type { ErrorCode } from '#shared/errors'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { TurnEvent } from '../agent/events'
import { TurnLog } from './turn-log'

export interface TurnRequest {
  /** The owner: no other user finds the turn. */
  user: string
  /** The client's own id of the turn; ours if absent. */
  turnId?: string | undefined
  /** The conversation, by which a reloaded page finds its turn. */
  conversationId?: string | undefined
  /** The assistant message that the turn continues; absent: a new one. */
  messageId?: string | undefined
  /** The turn survives a lost connection for the grace period. */
  resumable: boolean
  /** Appears in every log line of the request. */
  requestId: string
  model: string
}

/** The start of every reading of a turn. */
export interface TurnInfo {
  turnId: string
  messageId: string
  requestId: string
  model: string
  /** Milliseconds since the epoch. */
  startedAt: number
}

export interface TurnLimits {
  /** How long a resumable turn continues, and is kept, without a reader, in milliseconds. */
  graceMs: number
  /** Maximum output of a turn, in characters: it is kept in memory. */
  maxChars: number
}

/** Receives a turn's events for the process log. */
export interface TurnReport {
  see: (event: TurnEvent) => void
  failed: (error: unknown) => void
  end: () => void
}

/** Yields events, and emits those in between at once; both in order. */
export type RunTurn = (emit: (event: TurnEvent) => void, signal: AbortSignal) => AsyncIterable<TurnEvent>

export class Turn {
  readonly info: TurnInfo
  readonly ended: Promise<void>
  private readonly log: TurnLog
  private readonly controller = new AbortController()
  private readers = 0
  private leaving: NodeJS.Timeout | undefined
  private failure: { code: ErrorCode; detail: Message } | undefined
  isRunning = true

  /**
   * @param onGone called once the turn can no longer be resumed
   * @param isStopped it was stopped before it started
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
   * The turn's events from its start, for any reader. The last is `finish`, unless `client` aborts first.
   * @param client aborts when the reader has disconnected; a turn that is not resumable ends with it
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

  /** Ends it at once. The output so far stays; readers get `finish`. */
  stop(): void {
    if (this.isRunning) this.controller.abort(new Error('the turn was stopped'))
  }

  /** Ends it at once with an error for the readers. */
  fail(code: ErrorCode, detail: Message): void {
    if (!this.isRunning) return
    this.failure ??= { code, detail }
    this.stop()
  }

  /** Sends a notice while the turn continues. */
  tell(notice: Message): void {
    if (this.isRunning) this.log.append({ type: 'notice', message: notice })
  }

  /** Approximate memory use, in characters. */
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
        if (this.log.size > this.limits.maxChars && this.request.resumable) {
          this.fail('internal', msg('answer-too-large'))
        }
        if (this.log.isBehind) await this.log.untilRead(signal)
      }
    } catch (error) {
      this.report.failed(error)
      this.add({ type: 'error', code: 'internal', detail: msg('unexpected') })
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
