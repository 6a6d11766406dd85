/** A conversation of several turns: each question's history is what the page posts after the last. */
import type { TurnDeps } from '../../../server/agent/turn'
import type { TurnEvent } from '../../../server/agent/events'
import type { ModelMessage } from '../../../server/model/types'
import { ask } from './scripted'
import type { Asked } from './scripted'

/** Asks one question after the other. */
export class TestConversation {
  history: ModelMessage[] = []

  constructor(private readonly deps: Partial<TurnDeps> & Pick<TurnDeps, 'model'>) {}

  async ask(question: string): Promise<Asked> {
    this.history.push({ role: 'user', content: question })
    const asked = await ask({ history: [...this.history], waiting: [] }, this.deps)
    this.history.push(...messagesOf(asked.events))
    return asked
  }
}

/** Without reasoning and discarded text. */
function messagesOf(events: readonly TurnEvent[]): ModelMessage[] {
  const messages: ModelMessage[] = []
  let text = ''
  let calls: Extract<TurnEvent, { type: 'tool-call' }>['call'][] = []
  const results = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'text-delta') text += event.text
    else if (event.type === 'step-reset') text = ''
    else if (event.type === 'tool-call') calls.push(event.call)
    else if (event.type === 'tool-result') results.set(event.id, event.outcome.forModel)
    else if (event.type === 'step-end') {
      const toolCalls = calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: JSON.stringify(args) }))
      if (text !== '' || calls.length > 0)
        messages.push({ role: 'assistant', content: text, ...(calls.length > 0 && { toolCalls }) })
      for (const { id, name } of calls)
        messages.push({ role: 'tool', toolCallId: id, name, content: results.get(id) ?? '' })
      text = ''
      calls = []
    }
  }
  return messages
}
