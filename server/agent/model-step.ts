/** One step of the model, as the loop needs it: its deltas passed on at once, its calls and end collected. */
import { ModelError } from '../model/types'
import type { ChatModel, StepRequest, StepUsage } from '../model/types'
import type { TurnEvent } from './events'

export interface WrittenCall {
  name: string
  /** As the model wrote them; may be broken. */
  arguments: string
}

export interface StepOutcome {
  text: string
  reasoning: string
  calls: WrittenCall[]
  reason: 'stop' | 'length' | 'tool-calls'
  usage?: StepUsage
}

/**
 * Runs a step. Where the stream was cut (Ollama swallows errors in mid-stream on /v1: an end without finish_reason) it is
 * asked once more, and what it had shown is taken back.
 * @throws ModelError; the signal's reason when aborted
 */
export async function* modelStep(
  model: ChatModel,
  request: StepRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, StepOutcome, void> {
  try {
    return yield* runOnce(model, request, signal)
  } catch (error) {
    if (!(error instanceof ModelError) || error.code !== 'model-cut') throw error
    yield { type: 'step-reset' }
    return yield* runOnce(model, request, signal)
  }
}

async function* runOnce(
  model: ChatModel,
  request: StepRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, StepOutcome, void> {
  const outcome: StepOutcome = { text: '', reasoning: '', calls: [], reason: 'stop' }
  for await (const event of model.step(request, signal)) {
    switch (event.type) {
      case 'reasoning':
        outcome.reasoning += event.text
        yield { type: 'reasoning-delta', text: event.text }
        break
      case 'text':
        outcome.text += event.text
        yield { type: 'text-delta', text: event.text }
        break
      case 'tool-call':
        outcome.calls.push({ name: event.name, arguments: event.arguments })
        break
      case 'finish':
        outcome.reason = event.reason
        if (event.usage) outcome.usage = event.usage
        break
    }
  }
  signal.throwIfAborted()
  return outcome
}
