/** Conversations of every kind in every window, counted with gpt-oss's own vocabulary. */
import { describe, expect, it } from 'vitest'
import { TokenMeter } from '../../../../server/agent/budget'
import { estimateBeginning, estimateMessage, estimateReasoning } from '../../../../server/agent/budget/estimate'
import { createPolicy } from '../../../../server/agent/policy'
import type { StepRequest } from '../../../../server/model/types'
import { seeded } from '../../../soak/random'
import type { Random } from '../../../soak/random'
import { TestConversation } from '../../../support/agent/conversation'
import { callTools, say, scriptedToolbox } from '../../../support/agent/scripted'
import type { StepEvent } from '../../../support/agent/step-events'
import { stepTokens } from '../../../support/tokens/count'
import { ownTools } from '../../../support/tokens/own-tools'
import { eventTable, log, podTable, printedTable, sentence, yamlObject } from './results'

const CONVERSATIONS = 500
const random = seeded(12)

const raws = [
  ...[3, 13, 28, 120].flatMap((rows) => [podTable(random, rows), podTable(random, rows)]),
  ...[5, 80].map((rows) => eventTable(random, rows)),
  ...[4, 40, 150].map((lines) => log(random, lines)),
  ...[1, 4, 30].map((containers) => yamlObject(random, containers)),
  ...[10, 100].map((rows) => printedTable(random, rows)),
  sentence,
]
const questions = [
  'Show me all pods',
  'Why does the shop not answer? Look at events and logs of web and cart, please.',
  'Tại sao pod payments-api liên tục khởi động lại? Hãy xem log và sự kiện rồi giải thích ngắn gọn.',
  'Cho tôi xem tất cả các deployment trong namespace team-a-staging',
  `Is this right?\n${yamlObject(random, 3).texts.join('')}`,
  `What does it mean?\n${log(random, 12).texts.join('')}`,
]
const words = 'The deployment web has 3 replicas, and the newest one waits for memory that no node has left. '
const viWords = 'Deployment web có 3 bản sao, bản mới nhất đang chờ bộ nhớ mà không node nào còn. '
const entries = ownTools({ changes: true })
const readNames = ['kubectl_get', 'kubectl_logs', 'kubectl_describe', 'kubectl_events']

interface Sent {
  request: StepRequest
  question: string
  tokens: number
}

/** A model of random habits: calls, thoughts, wrong forms and answers of any length. */
function randomModel(choose: Random, sent: Sent[], question: () => string) {
  let round = 0
  return {
    name: 'scripted',
    restart: () => (round = 0),
    async step(
      request: StepRequest,
      _: AbortSignal,
      listener: { delta: (type: 'reasoning' | 'text', text: string) => void },
    ) {
      const tokens = stepTokens(request)
      sent.push({ request, question: question(), tokens })
      const calls = 1 + Math.floor(choose.next() * 3)
      const wantsCalls = choose.next() < (round === 0 ? 0.9 : 0.5)
      round++
      listener.delta('reasoning', words.repeat(Math.floor(choose.next() * 6)))
      const events: StepEvent[] = wantsCalls
        ? callTools(
            ...Array.from({ length: calls }, (): [string, object] => [
              choose.pick(readNames),
              { resource: 'pods', name: `n${Math.floor(choose.next() * 1e6)}` },
            ]),
          )
        : choose.next() < 0.1
          ? say(`Run this:\n\`\`\`\nkubectl get pods\n\`\`\`\n${words.repeat(8)}`)
          : say(choose.pick([words, viWords]).repeat(1 + Math.floor(choose.next() * 6)))
      const toolCalls = events.flatMap((event) => (event.type === 'tool-call' ? [event] : []))
      for (const event of events) if (event.type === 'text') listener.delta('text', event.text)
      return {
        reason: toolCalls.length > 0 ? ('tool-calls' as const) : ('stop' as const),
        calls: toolCalls,
        usage: { promptTokens: tokens, completionTokens: 50 },
      }
    },
  }
}

function estimated({ messages: [system, ...history], tools }: StepRequest): number {
  // The template drops the reasoning before the last message of the user.
  const asked = history.findLastIndex(({ role }) => role === 'user')
  const tokens = history.map((message, at) => estimateMessage(message) + (at > asked ? estimateReasoning(message) : 0))
  return estimateBeginning(system?.content ?? '', tools) + tokens.reduce((sum, each) => sum + each, 0)
}

describe.each([4096, 8192, 32_768])('500 random conversations in a window of %d', (windowTokens) => {
  it('never exceed the window by the true count, never lose the question, and are estimated well', async () => {
    const choose = seeded(windowTokens)
    for (let n = 0; n < CONVERSATIONS; n++) {
      const sent: Sent[] = []
      let question = ''
      const model = randomModel(choose, sent, () => question)
      const answers = Object.fromEntries(readNames.map((name) => [name, async () => choose.pick(raws)]))
      const conversation = new TestConversation({
        model,
        meter: new TokenMeter(),
        windowTokens,
        policy: createPolicy({ mode: 'approve', plansChanges: true }),
        toolbox: scriptedToolbox(answers, entries),
      })
      const turns = 1 + Math.floor(choose.next() * 5)
      for (let turn = 0; turn < turns; turn++) {
        question = choose.pick(questions)
        model.restart()
        const { error } = await conversation.ask(question)
        if (error) expect(error.code).toBe('window-too-small')
      }
      for (const { request, question: asked, tokens } of sent) {
        expect(tokens + (request.maxTokens ?? 0)).toBeLessThanOrEqual(windowTokens)
        expect(request.messages.some(({ role, content }) => role === 'user' && content === asked)).toBe(true)
        const ratio = estimated(request) / tokens
        expect(ratio).toBeGreaterThanOrEqual(0.95)
        expect(ratio).toBeLessThanOrEqual(1.3)
      }
    }
  }, 300_000)
})
