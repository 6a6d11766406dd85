/** Finds who a failed run belongs to. */
import type { ChatAnswer } from '#shared/chat/answer'
import { errorCodeSchema } from '#shared/errors'
import type { ErrorCode } from '#shared/errors'
import { ChatFailure } from '../chat/ask'
import { SetupError } from '../cluster/run-namespace'
import type { Cause } from './result'

/** By the code of an error in an answer or a response. */
export function causeOfCode(code: ErrorCode): Cause {
  switch (code) {
    case 'model-unreachable':
    case 'model-not-found':
    case 'model-no-tools':
    case 'model-busy':
      return 'model-unavailable'
    case 'model-bad-response':
    case 'model-cut':
    case 'model-stalled':
    case 'model-empty':
      return 'model-broken-output'
    case 'window-too-small':
      return 'model-limit'
    case 'cluster-down':
      return 'cluster-error'
    case 'bad-request':
    case 'body-too-large':
    case 'forbidden':
    case 'login-needed':
    case 'too-many-attempts':
    case 'cluster-choice':
    case 'rancher-down':
    case 'provider-down':
    case 'mcp-down':
    case 'too-many-turns':
    case 'turn-exists':
    case 'turn-not-found':
    case 'stopping':
    case 'internal':
      return 'harness-error'
  }
}

/** @param error that ended the run */
export function causeOfError(error: unknown): Cause {
  if (error instanceof SetupError) return 'cluster-error'
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) return 'model-limit'
  if (!(error instanceof ChatFailure)) return 'harness-error'
  const code = errorCodeSchema.safeParse(error.code)
  return code.success ? causeOfCode(code.data) : 'harness-error'
}

/** @param found which kinds of problems there are */
export function causeOfTurns(
  turns: readonly ChatAnswer[],
  found: { isOverLimit: boolean; hasStateProblem: boolean },
): Cause {
  const last = turns.at(-1)
  if (found.isOverLimit || last?.finishReason === 'tool-calls' || last?.finishReason === 'length') return 'model-limit'
  if (turns.every(({ toolCalls }) => toolCalls.every(({ status }) => status === 'error'))) return 'model-no-tool'
  return found.hasStateProblem ? 'model-wrong-state' : 'model-wrong-answer'
}
