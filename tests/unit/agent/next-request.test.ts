import { describe, expect, it } from 'vitest'
import { TokenMeter } from '../../../server/agent/budget'
import { toConversation } from '../../../server/agent/history'
import { nextBeginning } from '../../../server/agent/next-request'
import { createPolicy } from '../../../server/agent/policy'
import { PostedAnswer } from '../../../server/core/posted-answer'
import type { ChatMessage } from '../../../shared/chat/request'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'
import type { Script } from '../../support/agent/scripted'

const toolbox = scriptedToolbox({ pods_list: 'NAME\nweb-1' })
const deps = {
  toolbox,
  policy: createPolicy({ mode: 'read-only' }),
  windowTokens: 32_768,
  meter: new TokenMeter(),
  cluster: { context: 'staging' },
  maxRounds: 8,
}
const user = (text: string): ChatMessage => ({ role: 'user', parts: [{ type: 'text', text }] })

/** The beginning that is computed after a turn, and the next request of the loop itself. */
async function afterTurn(...scripts: Script[]) {
  const model = scriptedModel(...scripts, say('Nothing more.'))
  const posted = [user('Which pods are there?')]
  const answer = new PostedAnswer()
  const { events } = await ask(toConversation(posted), { ...deps, model })
  for (const event of events) answer.add(event)
  const finished = [...posted, answer.message()]
  const calls = toolbox.calls.length
  const beginning = await nextBeginning(toConversation(finished).history, deps)
  expect(toolbox.calls.length).toBe(calls)
  await ask(toConversation([...finished, user('And now?')]), { ...deps, model })
  const next = model.requests[scripts.length]
  return { beginning, next: { messages: next?.messages.slice(0, -1), tools: next?.tools } }
}

describe('nextBeginning', () => {
  it('is what the next request has before its question', async () => {
    const looked: Script = [{ type: 'reasoning', text: 'I look.' }, ...callTools(['pods_list', {}])]
    const { beginning, next } = await afterTurn(looked, say('There is web-1.'))
    expect(beginning).toEqual(next)
    expect(beginning?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant'])
    expect(JSON.stringify(beginning?.messages)).not.toContain('I look.')
  })

  it('has neither an answer that was asked for again nor the hint', async () => {
    const { beginning, next } = await afterTurn(
      say('You can run:\n```\nkubectl get pods\n```'),
      callTools(['pods_list', {}]),
      say('There is web-1.'),
    )
    expect(beginning).toEqual(next)
    expect(JSON.stringify(beginning?.messages)).not.toContain('kubectl get pods')
  })

  it('ends with the call while an approval is pending', async () => {
    const server = scriptedToolbox({ pods_list: 'NAME\nweb-1', resources_scale: 'scaled' })
    const policy = createPolicy({ mode: 'approve' })
    const approving = { ...deps, toolbox: server, policy }
    const looked: Script = [{ type: 'reasoning', text: 'I look.' }, ...callTools(['pods_list', {}])]
    const model = scriptedModel(looked, callTools(['resources_scale', { name: 'web', scale: 5 }]), say('Done.'))
    const posted = [user('Scale web to 5')]
    const answer = new PostedAnswer()
    const { events, finish } = await ask(toConversation(posted), { ...approving, model })
    expect(finish.reason).toBe('approval-required')
    for (const event of events) answer.add(event)
    const { history, waiting } = toConversation([...posted, answer.message()])
    const beginning = await nextBeginning(history, approving)
    expect(beginning?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant'])
    await ask({ history, waiting }, { ...approving, model })
    expect(model.requests.at(-1)?.messages.slice(0, -1)).toEqual(beginning?.messages)
    expect(model.requests.at(-1)?.messages.at(-1)?.role).toBe('tool')
  })

  it('is instructions and tools before the first question', async () => {
    const beginning = await nextBeginning([], deps)
    const model = scriptedModel(say('Hello.'))
    await ask('Hello', { ...deps, model })
    expect(beginning).toEqual({ messages: model.requests[0]?.messages.slice(0, -1), tools: model.requests[0]?.tools })
  })
})
