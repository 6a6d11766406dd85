/** One step of the model, as the loop needs it: its deltas passed on at once, asked again where that helps. */
import { setTimeout as delay } from 'node:timers/promises'
import { ModelError } from '../model/types'
import type { ChatModel, StepEnd, StepRequest } from '../model/types'
import type { TurnEvent } from './events'

export interface StepOutcome extends StepEnd {
  text: string
  reasoning: string
}

/** Is given what happens in the middle of a step, in order and at once. */
export type Emit = (event: TurnEvent) => void

/** Pauses between the attempts of a step that brought nothing, in milliseconds; as many attempts more as there are. */
export interface StepPauses {
  /** The server is busy: it says 503 while its queue is full. */
  busyMs: readonly number[]
  /** Nothing answers: a server that restarts is back in a moment. */
  unreachableMs: readonly number[]
}

const BUSY_MS = [1000, 2000, 4000, 8000, 15_000]
const UNREACHABLE_MS = [500, 1500]

/** @param busyMs how long a busy server is asked again, in milliseconds; 0: not at all */
export function stepPauses(busyMs: number): StepPauses {
  const pauses: number[] = []
  for (let left = busyMs; left > 0; left -= pauses.at(-1) ?? left)
    pauses.push(Math.min(left, BUSY_MS[pauses.length] ?? BUSY_MS.at(-1) ?? left))
  return { busyMs: pauses, unreachableMs: UNREACHABLE_MS }
}

/** The longest that a busy server may have us wait, in milliseconds. */
const MAX_RETRY_AFTER_MS = 30_000

/**
 * Runs a step. Where the answer was cut (Ollama swallows errors in mid-stream on /v1: an end without finish_reason) what it
 * had shown is taken back, and it is asked for once more, whole: then the server tells the error that it swallowed.
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

/** @returns milliseconds; undefined where it is not asked again */
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

/** So that those who were refused together do not come back together. */
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
