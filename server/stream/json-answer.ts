/** Turn events → the one JSON answer of clients that do not stream. */
import type { Approval } from '#shared/approval'
import type { AssistantError } from '#shared/errors'
import type { ResultPart, ToolStatus } from '#shared/result'
import type { FinishReason, TurnEvent, TurnUsage } from '../agent/events'

export interface JsonAnswer {
  message: { role: 'assistant'; content: string }
  toolCalls: {
    id: string
    name: string
    arguments: Record<string, unknown>
    status: ToolStatus
    /** The structured result: the cluster's own data. */
    result: ResultPart
  }[]
  /** Calls that wait for a person: posted back in `approvals`, each with its signature. */
  approvals?: (Approval & { signature: string })[]
  usage: TurnUsage
  finishReason: FinishReason
  notices?: string[]
  error?: AssistantError
}

/**
 * Reads a turn to its end.
 * @returns the answer; `error` is set where the turn failed, with what had been collected until then
 */
export async function collectAnswer(turn: AsyncIterable<TurnEvent>, requestId: string): Promise<JsonAnswer> {
  const calls = new Map<string, { name: string; arguments: Record<string, unknown> }>()
  const answer: JsonAnswer = {
    message: { role: 'assistant', content: '' },
    toolCalls: [],
    usage: { promptTokens: 0, completionTokens: 0 },
    finishReason: 'error',
  }
  let step = ''
  const texts: string[] = []
  const endStep = () => {
    if (step.trim() !== '') texts.push(step.trim())
    step = ''
  }
  for await (const event of turn) {
    switch (event.type) {
      case 'text-delta':
        step += event.text
        break
      case 'step-reset':
        step = ''
        break
      case 'tool-call':
        calls.set(event.call.id, event.call)
        break
      case 'tool-result': {
        const call = calls.get(event.id)
        const { status, forPerson: result } = event.outcome
        if (call) answer.toolCalls.push({ id: event.id, name: call.name, arguments: call.arguments, status, result })
        break
      }
      case 'approval-request':
        answer.approvals = [...(answer.approvals ?? []), { ...event.approval, signature: event.signature }]
        break
      case 'step-end':
        endStep()
        break
      case 'notice':
        answer.notices = [...(answer.notices ?? []), event.text]
        break
      case 'error':
        answer.error = { code: event.code, message: event.message, requestId }
        break
      case 'finish':
        endStep()
        answer.usage = event.usage
        answer.finishReason = event.reason
        break
      case 'step-start':
      case 'reasoning-delta':
      case 'window':
      case 'progress':
        break
    }
  }
  answer.message.content = texts.join('\n\n')
  return answer
}
