/** The built server reads the known beginning of the next request while the model server is idle. */
import { afterEach, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { RecordedRequest, ReplayServer, Rule } from '../../support/ollama'
import { chatRequestSchema } from '@k8s-ai-assistant/demo-model/ollama'
import type { ChatRequest } from '@k8s-ai-assistant/demo-model/ollama'
import { PageConversation } from '../../support/page-conversation'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const oneToken: Rule = () => answer.text('H').finish('length')

async function start(env: Record<string, string> = {}, rule = oneToken): Promise<{ app: App; replay: ReplayServer }> {
  const replay = await startReplayServer({ contextLength: 32_768, loaded: true })
  stops.push(replay.close)
  replay.onRequest(rule)
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, READ_AHEAD: 'auto', ...env })
  stops.push(app.stop)
  return { app, replay }
}

const isChat = ({ path }: RecordedRequest) => path === '/v1/chat/completions'

/** The n-th chat request, from 1. */
async function chat(replay: ReplayServer, n: number): Promise<RecordedRequest> {
  for (let at = 1; ; at++) {
    await replay.request(at)
    const found = replay.requests.filter(isChat)[n - 1]
    if (found) return found
  }
}

async function body(replay: ReplayServer, n: number): Promise<ChatRequest> {
  return chatRequestSchema.parse((await chat(replay, n)).body)
}

describe('READ_AHEAD', () => {
  it('reads instructions and tools before the first question', async () => {
    const { app, replay } = await start()
    const ahead = await body(replay, 1)
    expect(ahead).toMatchObject({ max_tokens: 1, messages: [{ role: 'system' }] })
    replay.onRequest(() => answer.text('Hello.'))
    await new PageConversation(app.url).ask('Hello')
    const question = await body(replay, 2)
    expect(question.messages[0]).toEqual(ahead.messages[0])
    expect(question.tools).toEqual(ahead.tools)
  })

  it('reads a finished turn as the next question repeats it', async () => {
    const { app, replay } = await start()
    await body(replay, 1)
    const steps = [
      answer.reasoning('Let me look.').toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }),
      answer.reasoning('Now I know.').text('They are ', 'in the table.'),
    ]
    replay.onRequest(({ max_tokens: most }) =>
      most === 1 ? answer.text('H').finish('length') : (steps.shift() ?? answer.text('It is as I said.')),
    )
    const page = new PageConversation(app.url)
    await page.ask('pods in shop')
    const ahead = await body(replay, 4)
    expect(ahead.max_tokens).toBe(1)
    expect(ahead.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant'])
    await page.ask('Really?')
    const question = await body(replay, 5)
    expect(question.messages.slice(0, -1)).toEqual(ahead.messages)
    expect(question.tools).toEqual(ahead.tools)
  })

  it('stops reading when a question comes', async () => {
    const held = createGate()
    const { app, replay } = await start({}, ({ max_tokens: most }) =>
      most === 1 ? answer.hold(held).text('H') : answer.text('Hello.'),
    )
    const ahead = await chat(replay, 1)
    await new PageConversation(app.url).ask('Hello')
    expect((await ahead.closed).complete).toBe(false)
  })

  it('reads nothing when it is off', async () => {
    const { app, replay } = await start({ READ_AHEAD: 'off' })
    replay.onRequest(() => answer.text('Hello.'))
    const page = new PageConversation(app.url)
    await page.ask('Hello')
    await page.ask('Hello again')
    expect(replay.chats().map(({ max_tokens: most }) => most === 1)).toEqual([false, false])
  })
})
