import { describe, expect, it } from 'vitest'
import { RequestFitter, resultTokens, TokenMeter } from '../../../../server/agent/budget'
import { answerTokens } from '../../../../server/agent/budget/limits'
import { estimateTokens } from '../../../../shared/results/tokens'
import type { ModelMessage } from '../../../../server/model/types'
import type { StepEvent } from '../../../support/agent/step-events'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../../support/agent/scripted'
import { stepTokens } from '../../../support/tokens/count'
import { cpuMs } from '../../../support/cpu-time'

const fitRequest = (
  system: string,
  history: readonly ModelMessage[],
  windowTokens: number,
  questionAt = history.length - 1,
) => new RequestFitter(new TokenMeter()).fit({ system, tools: [], windowTokens }, history, questionAt)
const user = (content: string): ModelMessage => ({ role: 'user', content })
const call = (id: string): ModelMessage => ({
  role: 'assistant',
  content: '',
  toolCalls: [{ id, name: 'pods_list', arguments: '{}' }],
})
const result = (id: string, chars: number): ModelMessage => {
  const content = `${id} line of a result\n`.repeat(Math.ceil(chars / 22)).slice(0, chars)
  return { role: 'tool', toolCallId: id, name: 'pods_list', content }
}
const answered = (text: string): ModelMessage => ({ role: 'assistant', content: text })

/** Every call has exactly one result, in the place where the model's API wants it. */
function expectPaired(messages: readonly ModelMessage[]): void {
  const called = messages.flatMap((message) =>
    message.role === 'assistant' ? (message.toolCalls ?? []).map((each) => each.id) : [],
  )
  const answers = messages.flatMap((message) => (message.role === 'tool' ? [message.toolCallId] : []))
  expect(answers).toEqual(called)
}

const turns = (count: number, chars: number) =>
  Array.from({ length: count }, (_, n) => [
    user(`question ${n}`),
    call(`c${n}`),
    result(`c${n}`, chars),
    answered(`answer ${n}`),
  ]).flat()

describe('the budget', () => {
  it('leaves a history that fits as it is', () => {
    const history = [...turns(2, 300), user('next')]
    expect(fitRequest('system', history, 32_768)).toMatchObject({
      messages: [{ role: 'system' }, ...history],
      shortenedIds: new Set(),
    })
  })

  it.each([4096, 8192, 32_768])('stays under a window of %d with room for the answer, for any content', (window) => {
    for (const count of [1, 5, 40, 200]) {
      const history = [...turns(count, 60_000), user('next')]
      const fitted = fitRequest('system', history, window)
      expect(fitted).toBeDefined()
      expect(stepTokens({ messages: fitted?.messages ?? [], tools: [] })).toBeLessThanOrEqual(
        window - answerTokens(window),
      )
      expectPaired(fitted?.messages ?? [])
      expect(fitted?.messages.at(-1)).toEqual(user('next'))
    }
  })

  it('gives a single result at most a share of the window', () => {
    const fitted = fitRequest('system', [user('q'), call('a'), result('a', 500_000)], 8192, 0)
    expect(estimateTokens(fitted?.messages.at(-1)?.content ?? '')).toBeLessThanOrEqual(resultTokens(8192))
    expect(resultTokens(4096)).toBeLessThan(resultTokens(8192))
    expect(resultTokens(8192)).toBe(800)
    expect(resultTokens(131_072)).toBe(800)
  })

  it('shortens older results before newer ones', () => {
    const history = [
      user('q'),
      call('old'),
      result('old', 3000),
      answered('a'),
      user('q2'),
      call('new'),
      result('new', 3000),
    ]
    // Both together are over what instruction and answer leave.
    const fitted = fitRequest('Some text. '.repeat(1150), history, 8192, 4)
    const length = (id: string) =>
      fitted?.messages.find((each) => each.role === 'tool' && each.toolCallId === id)?.content.length ?? 0
    expect(length('old')).toBeLessThan(length('new'))
    expectPaired(fitted?.messages ?? [])
  })

  it('drops whole turns, oldest first, when shortening is not enough', () => {
    const history = [
      ...Array.from({ length: 60 }, (_, n) => [
        user(`question ${n} ${'x'.repeat(400)}`),
        answered('y'.repeat(400)),
      ]).flat(),
      user('last'),
    ]
    const fitted = fitRequest('system', history, 4096)
    expect(fitted?.messages[1]?.role).toBe('user')
    expect(fitted?.messages.at(-1)).toEqual(user('last'))
    expect(fitted?.messages.length).toBeGreaterThan(4)
  })

  it('says when the question alone is too long', async () => {
    expect(fitRequest('system', [user('x'.repeat(100_000))], 4096)).toBeUndefined()
    const { error } = await ask('x'.repeat(100_000), { model: scriptedModel(), windowTokens: 4096 })
    expect(error).toMatchObject({
      code: 'window-too-small',
      detail: { text: expect.stringContaining('OLLAMA_CONTEXT_LENGTH=') },
    })
  })

  it('never drops the question, also when the turn was corrected', async () => {
    const question = `${'Why is the web shop slow? '.repeat(200)}`
    const narration = say(`Run this:\n\`\`\`\nkubectl get pods\n\`\`\`\n${'x'.repeat(2000)}`)
    const model = scriptedModel(narration, say('Because.'))
    const { finish } = await ask(question, { model, windowTokens: 4096 })
    expect(finish.reason).toBe('stop')
    expect(model.requests[1]?.messages[1]).toEqual(user(question))
  })

  it('lets the reasoning of earlier rounds go before the question fails', async () => {
    const steps = Array.from({ length: 7 }, (_, n): StepEvent[] => [
      { type: 'reasoning', text: 'I wonder what this may be. '.repeat(45) },
      ...callTools(['pods_list', { labelSelector: `n=${n}` }]),
    ])
    const model = scriptedModel(...steps, say('done'))
    const toolbox = scriptedToolbox({ pods_list: 'NAME   READY\nweb    1/1' })
    const { finish } = await ask('everything', { model, windowTokens: 4096, toolbox })
    expect(finish.reason).toBe('stop')
  })

  it('says when older questions were left out, once', async () => {
    const history = [...turns(30, 2000), user('next')]
    const model = scriptedModel([{ type: 'finish', reason: 'stop' }], say('ok'))
    const { notices } = await ask({ history, waiting: [] }, { model, windowTokens: 2048 })
    expect(notices).toEqual([expect.stringContaining('left out')])
  })

  it('costs no more than in proportion for a long conversation', () => {
    const time = (count: number) => {
      const history = [...turns(count, 3000), user('next')]
      return cpuMs(() => fitRequest('system', history, 8192))
    }
    time(50)
    // Twenty times the turns: quadratic growth would be four hundred times the time.
    expect(time(1000)).toBeLessThan(100 * Math.max(1, time(50)))
  })

  it('keeps a turn of many large results under the window at every step', async () => {
    const window = 4096
    const steps = Array.from({ length: 7 }, (_, n) =>
      callTools(['pods_list', { labelSelector: `n=${n}` }], ['events_list', { namespace: `n${n}` }]),
    )
    const model = scriptedModel(...steps, say('done'))
    const big =
      'NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE\n' +
      'shop        web    1/1     Running   0          5m\n'.repeat(5000)
    const { finish } = await ask('everything', {
      model,
      windowTokens: window,
      toolbox: scriptedToolbox({ pods_list: big, events_list: big }),
    })
    expect(finish.reason).toBe('stop')
    for (const request of model.requests) {
      const tokens = stepTokens(request) + (request.maxTokens ?? 0)
      expect(tokens).toBeLessThanOrEqual(window)
      expectPaired(request.messages)
    }
  })
})
