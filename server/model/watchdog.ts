/** Ends a step's request: when the caller aborts, when the first token does not come, when the stream falls silent. */
import { ModelError } from './types'

export interface WatchdogLimits {
  /** Until the first chunk, in milliseconds: model load, queue and prefill send nothing. */
  firstTokenMs: number
  /** Between two chunks, in milliseconds. */
  stallMs: number
}

/** One is enough: an abort without a reason makes an exception with a stack each time. */
const CLOSED = new Error('the step has ended')

/** Counts from the moment it is made. */
export class Watchdog {
  private readonly controller = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private stall: ModelError | undefined
  private started = false
  /** When the last chunk came, by performance.now(): a chunk only notes it, and the timer looks. */
  private lastAt = performance.now()
  private readonly onAbort = () => this.controller.abort(this.outer.reason)

  constructor(
    private readonly outer: AbortSignal,
    private readonly limits: WatchdogLimits,
  ) {
    outer.addEventListener('abort', this.onAbort, { once: true })
    this.count(limits.firstTokenMs)
  }

  /** For the request: once aborted, its connection is closed. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** A chunk came. */
  arrived(): void {
    this.lastAt = performance.now()
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
   * Stops counting.
   * @param isWhole the answer is; else its connection is closed
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
    const limit = this.started ? this.limits.stallMs : this.limits.firstTokenMs
    const left = limit - (performance.now() - this.lastAt)
    if (left > 0) return this.count(Math.ceil(left))
    this.stall = new ModelError('model-stalled', this.started ? silent(limit) : late(limit))
    this.controller.abort(this.stall)
  }
}

function silent(ms: number): string {
  return `The model sent nothing for ${seconds(ms)} in the middle of its answer, so it was given up. Try again; if this machine is slow, raise MODEL_STALL_SECONDS.`
}

function late(ms: number): string {
  return `The model did not begin to answer within ${seconds(ms)}. It may still be loading, or other requests come first. Try again.`
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`
}
