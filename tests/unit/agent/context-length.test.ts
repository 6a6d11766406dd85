import { describe, expect, it } from 'vitest'
import { contextLengthError } from '../../../server/model/context-length'
import type { ContextLengthError } from '../../../server/model/context-length'
import type { ModelMessage } from '../../../server/model/types'
import { ask, say, scriptedModel } from '../../support/agent/scripted'

const VLLM = "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens"

function refused(words: string): ContextLengthError {
  const error = contextLengthError(words)
  if (!error) throw new Error(`not recognized: ${words}`)
  return error
}

/** Ten turns of a thousand tokens and more. */
const history: ModelMessage[] = [
  ...Array.from({ length: 10 }, (_, at): ModelMessage[] => [
    { role: 'user', content: `question ${at}` },
    { role: 'assistant', content: `answer ${at} ${'word '.repeat(1000)}` },
  ]).flat(),
  { role: 'user', content: 'the last question' },
]

describe('a request that the model server refuses as too long (model-10)', () => {
  it('is sent again with a shorter history and the question', async () => {
    const model = scriptedModel(refused(VLLM), say('ok'))
    const { finish, notices } = await ask({ history, waiting: [] }, { model })
    expect(finish.reason).toBe('stop')
    const sizes = model.requests.map(({ messages }) => JSON.stringify(messages).length)
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 2)
    expect(model.requests[1]?.messages.at(-1)).toEqual({ role: 'user', content: 'the last question' })
    expect(notices.join()).toContain('left out')
  })

  it('ends the turn with the setting if the server refuses it again and again', async () => {
    const model = scriptedModel(refused(VLLM), refused(VLLM), refused(VLLM))
    const { error } = await ask({ history, waiting: [] }, { model })
    expect(error?.code).toBe('window-too-small')
    expect(error?.detail.text).toContain('OLLAMA_CONTEXT_LENGTH')
    expect(model.requests.length).toBeGreaterThan(1)
  })

  it.each([
    [VLLM, 4096, 9000],
    ["This model's maximum context length is 4096 tokens and your request has 5000 input tokens.", 4096, 5000],
    ['request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it', 4096, 9000],
    ['the input length exceeds the context length', undefined, undefined],
    ['the model is loaded with context length of only 4096 tokens', 4096, undefined],
  ])('is recognized in %j', (words, limit, requested) => {
    expect(contextLengthError(words)).toMatchObject({ limit, requested })
  })

  it('is not seen in another error', () => {
    expect(contextLengthError('invalid tool call arguments')).toBeUndefined()
  })
})
