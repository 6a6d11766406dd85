/** Ends a step's request on abort, on a missing first token, or on silence. */
import { msg } from '#shared/messages/create'
import { ModelError } from './types'

export interface WatchdogLimits {
  /** Until the first chunk, in milliseconds: model load, queue and prefill send nothing. */
  firstTokenMs: number
  /** Between two chunks, in milliseconds. */
  stallMs: number
}

/**
 * How many times longer the silence may be while the model may be writing a call: servers send nothing until its
 * arguments are complete, and sixty lines of YAML take minutes on a CPU.
 */
const CALL_FACTOR = 5

/** Shared: an abort without a reason creates an exception with a stack each time. */
const CLOSED = new Error('the step has ended')

/** Starts at its creation. */
export class Watchdog {
  private readonly controller = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private stall: ModelError | undefined
  private started = false
  private stallMs: number
  /** Time of the last chunk, by performance.now(): chunks only record it, and the timer checks it. */
  private lastAt = performance.now()
  private readonly onAbort = () => this.controller.abort(this.outer.reason)

  constructor(
    private readonly outer: AbortSignal,
    private readonly limits: WatchdogLimits,
  ) {
    this.stallMs = limits.stallMs
    outer.addEventListener('abort', this.onAbort, { once: true })
    this.count(limits.firstTokenMs)
  }

  /** For the request: aborting closes its connection. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /**
   * A chunk came.
   * @param mayBeCalling a call may follow, so the silence after it may be long
   */
  arrived(mayBeCalling = false): void {
    this.lastAt = performance.now()
    this.stallMs = this.limits.stallMs * (mayBeCalling ? CALL_FACTOR : 1)
    if (this.started) return
    this.started = true
    this.count(this.limits.stallMs)
  }

  /** @throws the caller's reason, or ModelError `model-stalled` */
  throwIfEnded(): void {
    this.outer.throwIfAborted()
    if (this.stall) throw this.stall
  }

  /**
   * Stops the timer.
   * @param isWhole true if the answer is complete; otherwise closes its connection
   */
  close(isWhole: boolean): void {
    clearTimeout(this.timer)
    this.outer.removeEventListener('abort', this.onAbort)
    if (!isWhole) this.controller.abort(CLOSED)
  }

  private count(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), ms)
  }

  private look(): void {
    const limit = this.started ? this.stallMs : this.limits.firstTokenMs
    const left = limit - (performance.now() - this.lastAt)
    if (left > 0) return this.count(Math.ceil(left))
    const time = seconds(limit)
    const detail = this.started ? msg('model-silent', { time }) : msg('model-late', { time })
    this.stall = new ModelError('model-stalled', detail)
    this.controller.abort(this.stall)
  }
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`
}
