/** Runs one model step: streams its deltas, and retries if that helps. */
import { setTimeout as delay } from 'node:timers/promises'
import { ModelError } from '../model/types'
import type { ChatModel, StepEnd, StepRequest } from '../model/types'
import type { TurnEvent } from './events'

export interface StepOutcome extends StepEnd {
  text: string
  reasoning: string
}

/** Receives the events within a step, in order. */
export type Emit = (event: TurnEvent) => void

/** Pauses before retries of a step without output, in milliseconds; their number is the number of retries. */
export interface StepPauses {
  /** After 503, when the server's queue is full. */
  busyMs: readonly number[]
  /** After a failed connection: a restarting server is back soon. */
  unreachableMs: readonly number[]
}

const BUSY_MS = [1000, 2000, 4000, 8000, 15_000]
const UNREACHABLE_MS = [500, 1500]

/** @param busyMs how long to retry a busy server, in milliseconds; 0: never */
export function stepPauses(busyMs: number): StepPauses {
  const pauses: number[] = []
  for (let left = busyMs; left > 0; left -= pauses.at(-1) ?? left)
    pauses.push(Math.min(left, BUSY_MS[pauses.length] ?? BUSY_MS.at(-1) ?? left))
  return { busyMs: pauses, unreachableMs: UNREACHABLE_MS }
}

/** Maximum Retry-After of a busy server, in milliseconds. */
const MAX_RETRY_AFTER_MS = 30_000

/**
 * Runs a step. A truncated answer (on /v1, Ollama ends a failed stream without finish_reason) is discarded and
 * requested again without streaming: then the server returns its error.
 * @throws ModelError; the signal's reason when aborted
 */
export async function modelStep(
  model: ChatModel,
  request: StepRequest,
  emit: Emit,
  signal: AbortSignal,
  pauses: StepPauses,
): Promise<StepOutcome> {
  const attempts = { busy: 0, unreachable: 0 }
  for (;;) {
    try {
      return await runOnce(model, request, emit, signal)
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      if (error.code === 'model-cut') break
      const pause = pauseAfter(error, attempts, pauses)
      if (pause === undefined) throw error
      emit({ type: 'progress', state: error.code === 'model-busy' ? 'model-busy' : 'waiting-for-model' })
      await delay(pause, undefined, { signal }).catch(() => undefined)
      signal.throwIfAborted()
    }
  }
  emit({ type: 'step-reset' })
  emit({ type: 'progress', state: 'repeating' })
  return await runOnce(model, { ...request, stream: false }, emit, signal)
}

/** @returns milliseconds; undefined for no retry */
function pauseAfter(
  { code, retryAfterMs }: ModelError,
  attempts: { busy: number; unreachable: number },
  pauses: StepPauses,
): number | undefined {
  if (code === 'model-unreachable') return pauses.unreachableMs[attempts.unreachable++]
  if (code !== 'model-busy') return undefined
  const pause = pauses.busyMs[attempts.busy++]
  if (pause === undefined || retryAfterMs === undefined) return pause === undefined ? undefined : jitter(pause)
  return retryAfterMs > MAX_RETRY_AFTER_MS ? undefined : Math.max(pause, retryAfterMs)
}

/** Spreads the retries of clients that were refused together. */
function jitter(ms: number): number {
  return ms * (0.75 + Math.random() / 2)
}

async function runOnce(model: ChatModel, request: StepRequest, emit: Emit, signal: AbortSignal): Promise<StepOutcome> {
  let text = ''
  let reasoning = ''
  const end = await model.step(request, signal, {
    delta: (type, piece) => {
      if (type === 'text') text += piece
      else reasoning += piece
      emit({ type: type === 'text' ? 'text-delta' : 'reasoning-delta', text: piece })
    },
    waiting: (state) => emit({ type: 'progress', state }),
  })
  signal.throwIfAborted()
  return { ...end, text, reasoning }
}
