/** Conversations of every kind in every window, counted with gpt-oss's own vocabulary. */
import { TokenMeter } from '../../../server/agent/budget'
import { estimateBeginning, estimateMessage, estimateReasoning } from '../../../server/agent/budget/estimate'
import { createPolicy } from '../../../server/agent/policy'
import type { StepRequest } from '../../../server/model/types'
import { seeded } from '../../soak/random'
import type { Random } from '../../soak/random'
import { TestConversation } from './conversation'
import { callTools, say, scriptedToolbox } from './scripted'
import type { StepEvent } from './step-events'
import { stepTokens } from '../tokens/count'
import { ownTools } from '../tokens/own-tools'
import { eventTable, log, podTable, printedTable, sentence, yamlObject } from './random-results'

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

/** What estimate ÷ tokens may be. */
const LEAST = 0.95
const MOST = 1.3

/**
 * Plays seeded conversations in a window.
 * @returns a sentence for each request that exceeds the window, loses the question, or is estimated badly
 */
export async function playConversations(windowTokens: number, count: number): Promise<string[]> {
  const choose = seeded(windowTokens)
  const violations: string[] = []
  for (let n = 0; n < count; n++) {
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
      if (error && error.code !== 'window-too-small') violations.push(`conversation ${n} ended with ${error.code}`)
    }
    for (const each of sent) violations.push(...violationsOf(each, windowTokens).map((text) => `${n}: ${text}`))
  }
  return violations
}

function violationsOf({ request, question, tokens }: Sent, windowTokens: number): string[] {
  const ratio = estimated(request) / tokens
  const whole = tokens + (request.maxTokens ?? 0)
  const hasQuestion = request.messages.some(({ role, content }) => role === 'user' && content === question)
  return [
    ...(whole > windowTokens ? [`${whole} tokens in a window of ${windowTokens}`] : []),
    ...(hasQuestion ? [] : ['the question is lost']),
    ...(ratio >= LEAST && ratio <= MOST ? [] : [`estimated at ${ratio.toFixed(2)} of its tokens`]),
  ]
}
