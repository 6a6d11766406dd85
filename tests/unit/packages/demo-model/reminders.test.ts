import { expect, it } from 'vitest'
import { chatRequestSchema } from '../../../../packages/demo-model/src/ollama/request'
import { decide } from '../../../../packages/demo-model/src/rules/rules'
import * as texts from '../../../../shared/chat/reminders'

const QUESTION = { role: 'user', content: 'Scale web in shop to 5' }
const ANSWER = { role: 'assistant', content: 'kubectl scale …' }

function replyTo(...after: { role: string; content: string }[]) {
  const tools = [{ type: 'function', function: { name: 'kubectl_get', description: '', parameters: {} } }]
  return decide(chatRequestSchema.parse({ model: 'demo', tools, messages: [QUESTION, ANSWER, ...after] }))
}

const reminders = Object.entries(texts).flatMap(([name, text]) =>
  typeof text === 'string' && text !== texts.WHY_MISSING ? [[name, text] as const] : [],
)

it.each(reminders)('%s is not taken for a question', (_name, content) => {
  expect(replyTo({ role: 'user', content })).toEqual(replyTo())
})

it('takes what a person says next for a question', () => {
  expect(replyTo({ role: 'user', content: 'Good morning' })).not.toEqual(replyTo())
})
