/** What a person answers to the approvals of a turn. */
import type { WaitingCall } from '../../../server/agent/calls/approval-gate'
import type { TurnEvent } from '../../../server/agent/events'
import type { ModelMessage } from '../../../server/model/types'
import { modelTool } from '../brands'

export type Asked = Extract<TurnEvent, { type: 'approval-request' }>
export const askedIn = (events: TurnEvent[]) =>
  events.filter((event): event is Asked => event.type === 'approval-request')

/** The conversation as it comes back, with a word on each of the calls that waited. */
export function answered(asked: Asked[], approved: boolean[]) {
  const calls = asked.map(({ approval }) => ({ id: approval.toolCallId, name: approval.tool, arguments: '{}' }))
  const history: ModelMessage[] = [
    { role: 'user', content: 'scale web in shop to 5' },
    { role: 'assistant', content: '', toolCalls: calls },
  ]
  const waiting = asked.map(({ approval: { id, toolCallId, tool }, signature }, at): WaitingCall => {
    return { toolCallId, name: modelTool(tool), answer: { id, approved: approved[at] ?? false, signature } }
  })
  return { history, waiting }
}
