/** Runs one model step: streams its deltas, and retries if that helps. */
import { BROKE_OFF } from '#shared/chat/reminders'
import { setTimeout as delay } from 'node:timers/promises'
import { BrokenCallError } from '../model/frames/broken-call'
import { ModelError } from '../model/types'
import type { ChatModel, StepEnd, StepRequest } from '../model/types'
import type { TurnEvent } from './events'
import { GrowingText } from './growing-text'
import { brokenCallHint } from './model-texts'

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
  /** After a failed connection. */
  unreachableMs: readonly number[]
  /** The same after an answer that broke off: a server that restarts is back in seconds. */
  restartMs: readonly number[]
}

const BUSY_MS = [1000, 2000, 4000, 8000, 15_000]
const UNREACHABLE_MS = [500, 1500]
const RESTART_MS = [1000, 2000, 4000, 8000]

/** How often a step whose call was broken is asked for again, and how often one that broke off. */
const MAX_CORRECTIONS = 2
const MAX_CUTS = 1

/** Tokens for the hint in a repeated request, taken from the answer's. */
const HINT_TOKENS = 200

/** @param busyMs how long to retry a busy server, in milliseconds; 0: never */
export function stepPauses(busyMs: number): StepPauses {
  const pauses: number[] = []
  for (let left = busyMs; left > 0; left -= pauses.at(-1) ?? left)
    pauses.push(Math.min(left, BUSY_MS[pauses.length] ?? BUSY_MS.at(-1) ?? left))
  return { busyMs: pauses, unreachableMs: UNREACHABLE_MS, restartMs: RESTART_MS }
}

/** Maximum Retry-After of a busy server, in milliseconds. */
const MAX_RETRY_AFTER_MS = 30_000

/**
 * Runs a step. What came of a failed attempt is discarded. An answer that broke off (on /v1, Ollama ends a failed stream
 * without finish_reason) is requested again without streaming, since the server then returns its error; a broken call is
 * requested again with the server's words.
 * @throws ModelError; the signal's reason when aborted
 */
export async function modelStep(
  model: ChatModel,
  request: StepRequest,
  emit: Emit,
  signal: AbortSignal,
  pauses: StepPauses,
): Promise<StepOutcome> {
  const attempts = { busy: 0, unreachable: 0, cut: 0, corrected: 0 }
  let asked = request
  for (;;) {
    try {
      return await runOnce(model, asked, emit, signal)
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      const again = correction(error, request, attempts)
      const pause = again ? again.pauseMs(pauses) : pauseAfter(error, attempts, pauses)
      if (pause === undefined) throw error
      if (again) emit({ type: 'step-reset' })
      emit({ type: 'progress', state: again ? 'repeating' : waitingState(error) })
      asked = again?.request ?? asked
      await delay(pause, undefined, { signal }).catch(() => undefined)
      signal.throwIfAborted()
    }
  }
}

interface Attempts {
  busy: number
  unreachable: number
  cut: number
  corrected: number
}

/** The request with a hint for the model; undefined if that does not help, or no longer. */
function correction(
  error: ModelError,
  request: StepRequest,
  attempts: Attempts,
): { request: StepRequest; pauseMs: (pauses: StepPauses) => number } | undefined {
  const isBroken = error instanceof BrokenCallError
  if ((!isBroken && error.code !== 'model-cut') || attempts.corrected >= MAX_CORRECTIONS) return undefined
  if (!isBroken && attempts.cut++ >= MAX_CUTS) return undefined
  attempts.corrected++
  const hint = isBroken ? brokenCallHint(error.words) : BROKE_OFF
  const { maxTokens } = request
  const again: StepRequest = {
    ...request,
    messages: [...request.messages, { role: 'user', content: hint }],
    ...(maxTokens !== undefined && { maxTokens: Math.max(Math.ceil(maxTokens / 2), maxTokens - HINT_TOKENS) }),
    // Without a stream the server tells its error, also at the last attempt.
    ...(attempts.cut > 0 && { stream: false }),
  }
  // A server that broke off may be restarting.
  return { request: again, pauseMs: ({ restartMs }) => (isBroken ? 0 : (restartMs[0] ?? 0)) }
}

function waitingState({ code }: ModelError): 'model-busy' | 'waiting-for-model' {
  return code === 'model-busy' ? 'model-busy' : 'waiting-for-model'
}

/** @returns milliseconds; undefined for no retry */
function pauseAfter(
  { code, retryAfterMs, isTransient }: ModelError,
  attempts: Attempts,
  pauses: StepPauses,
): number | undefined {
  if (code === 'model-unreachable') {
    const { restartMs, unreachableMs } = pauses
    return (attempts.cut > 0 ? restartMs : unreachableMs)[attempts.unreachable++]
  }
  // Once: such a server rarely heals by itself.
  if (isTransient) return attempts.unreachable++ === 0 ? pauses.unreachableMs[0] : undefined
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
  const texts = { text: new GrowingText(), reasoning: new GrowingText() }
  const end = await model.step(request, signal, {
    delta: (type, piece) => {
      texts[type].add(piece)
      emit({ type: type === 'text' ? 'text-delta' : 'reasoning-delta', text: piece })
    },
    waiting: (state, tool) => emit({ type: 'progress', state, ...(tool !== undefined && { tool }) }),
  })
  signal.throwIfAborted()
  return { ...end, text: texts.text.toString(), reasoning: texts.reasoning.toString() }
}
