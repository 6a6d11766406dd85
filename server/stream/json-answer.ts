/** Collects a turn's events into one JSON answer for clients that do not stream. */
import type { ChatAnswer } from '#shared/chat/answer'
import { localized } from '#shared/messages/message'
import type { TurnEvent } from '../agent/events'

/**
 * Reads a turn to its end.
 * @returns the answer; `error` is set if the turn failed, with everything collected before
 */
export async function collectAnswer(turn: AsyncIterable<TurnEvent>, requestId: string): Promise<ChatAnswer> {
  const calls = new Map<string, { name: string; arguments: Record<string, unknown> }>()
  const answer: ChatAnswer = {
    message: { role: 'assistant', content: '' },
    toolCalls: [],
    usage: { promptTokens: 0, completionTokens: 0 },
    steps: 0,
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
        answer.notices = [...(answer.notices ?? []), event.message]
        break
      case 'error':
        answer.error = {
          ...{ code: event.code, message: event.detail.text },
          ...{ localized: localized(event.detail), requestId },
        }
        break
      case 'finish':
        endStep()
        answer.usage = event.usage
        answer.finishReason = event.reason
        break
      case 'step-start':
        answer.steps++
        break
      case 'reasoning-delta':
      case 'window':
      case 'progress':
        break
    }
  }
  answer.message.content = texts.join('\n\n')
  return answer
}
