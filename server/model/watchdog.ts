/** Ends a step's request: when the caller aborts, when the first token does not come, when the stream falls silent. */
import { ModelError } from './types'

export interface WatchdogLimits {
  /** Until the first chunk, in milliseconds: model load, queue and prefill send nothing. */
  firstTokenMs: number
  /** Between two chunks, in milliseconds. */
  stallMs: number
}

/**
 * Time counts only while `waiting`: a slow reader of the events is not the model's silence.
 */
export class Watchdog {
  private readonly controller = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private stall: ModelError | undefined
  private started = false
  private readonly onAbort = () => this.controller.abort(this.outer.reason)

  constructor(
    private readonly outer: AbortSignal,
    private readonly limits: WatchdogLimits,
  ) {
    outer.addEventListener('abort', this.onAbort, { once: true })
  }

  /** For the request: once aborted, its connection is closed. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** The server's turn: start to count. */
  waiting(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.giveUp(), this.started ? this.limits.stallMs : this.limits.firstTokenMs)
  }

  /** A chunk came: our turn. */
  arrived(): void {
    clearTimeout(this.timer)
    this.started = true
  }

  /** @throws the caller's reason, or ModelError `model-stalled`; the openai package ends a stream silently on abort */
  throwIfEnded(): void {
    this.outer.throwIfAborted()
    if (this.stall) throw this.stall
  }

  /** Stops counting and closes the connection where the answer was not read to its end. */
  close(): void {
    clearTimeout(this.timer)
    this.outer.removeEventListener('abort', this.onAbort)
    this.controller.abort()
  }

  private giveUp(): void {
    this.stall = new ModelError(
      'model-stalled',
      this.started ? silent(this.limits.stallMs) : late(this.limits.firstTokenMs),
    )
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
