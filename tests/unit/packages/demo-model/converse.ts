/** Whole turns with the demo model: over its HTTP server and our own client, with scripted tools. */
import { stepEvents } from '../../../support/agent/step-events'
import { createOllamaModel } from '../../../../server/model/client'
import type { ModelMessage, ModelTool, ModelToolCall } from '../../../../server/model/types'
import { startDemoModel, type DemoModel } from '@k8s-ai-assistant/demo-model'

export interface Call {
  name: string
  arguments: Record<string, unknown>
}

/** The tool: its text for the model. */
export type Run = (call: Call) => string | Promise<string>

/** What the client calls by itself after a call of the model, with its result. */
type ReadBack = (call: Call) => { call: Call; result: string } | undefined

export interface Conversation {
  /** The calls of each round. */
  rounds: Call[][]
  text: string
  reasoning: string
  messages: ModelMessage[]
}

interface Client {
  tools: ModelTool[]
  run: Run
  /** After them the model is offered no tools and told to answer, as the loop does. */
  maxRounds: number
  readBack: ReadBack
}

const SYSTEM: ModelMessage[] = [{ role: 'system', content: 'You are an assistant.' }]

/** One question, in a conversation of its own. */
export function converse(
  question: string,
  tools: ModelTool[],
  run: Run = () => '(no rows)',
  maxRounds = 8,
  readBack: ReadBack = () => undefined,
): Promise<Conversation> {
  return converseOn([question], { tools, run, maxRounds, readBack })
}

/** Several questions in one conversation; returns the last one's turn. */
export async function converseOn(questions: string[], client: Partial<Client> & Pick<Client, 'tools'>) {
  const demo = await startDemoModel({ delayMs: 0 })
  const whole = { run: () => '(no rows)', maxRounds: 8, readBack: () => undefined, ...client }
  try {
    let last: Conversation = { rounds: [], text: '', reasoning: '', messages: SYSTEM }
    for (const question of questions) last = await playTurn(demo, last.messages, question, whole)
    return last
  } finally {
    await demo.close()
  }
}

async function playTurn(
  demo: DemoModel,
  before: ModelMessage[],
  question: string,
  { tools, run, maxRounds, readBack }: Client,
): Promise<Conversation> {
  const model = createOllamaModel({ baseUrl: demo.url, model: demo.model })
  const messages: ModelMessage[] = [...before, { role: 'user', content: question }]
  const conversation: Conversation = { rounds: [], text: '', reasoning: '', messages }
  for (;;) {
    const mayCall = conversation.rounds.length < maxRounds
    if (!mayCall) messages.push({ role: 'user', content: 'Answer now with what you have.' })
    const calls: ModelToolCall[] = []
    for await (const event of stepEvents(model, { messages, tools: mayCall ? tools : [] })) {
      if (event.type === 'text') conversation.text += event.text
      if (event.type === 'reasoning') conversation.reasoning += event.text
      if (event.type === 'tool-call') calls.push(event)
    }
    if (calls.length === 0) {
      messages.push({ role: 'assistant', content: conversation.text })
      return conversation
    }
    const round = calls.map(({ name, arguments: text }) => ({ name, arguments: Object(JSON.parse(text)) }))
    conversation.rounds.push(round)
    messages.push({ role: 'assistant', content: '', toolCalls: calls })
    for (const [at, { id, name }] of calls.entries()) {
      const call = round[at]
      messages.push({ role: 'tool', toolCallId: id, name, content: call ? await run(call) : '' })
    }
    for (const [at, call] of round.entries()) {
      const read = readBack(call)
      if (!read) continue
      const { name, arguments: args } = read.call
      const id = `read-${at}`
      messages.push({ role: 'assistant', content: '', toolCalls: [{ id, name, arguments: JSON.stringify(args) }] })
      messages.push({ role: 'tool', toolCallId: id, name, content: read.result })
    }
  }
}

/** A table in the form in which results reach the model. */
export function tabs(table: string): string {
  return table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .join('\t'),
    )
    .join('\n')
}

export const ALL_PODS = `
NAMESPACE    NAME                       READY   STATUS             RESTARTS   AGE
monitoring   node-exporter-85xxh        1/1     Running            0          8m31s
payments     api-57c87fb788-f9p9l       0/1     ImagePullBackOff   0          8m31s
payments     api-57c87fb788-t8gf7       0/1     ImagePullBackOff   0          8m31s
payments     ledger-0                   0/1     Pending            0          8m31s
payments     nightly-settlement-s6mdz   0/1     Completed          0          8m31s
shop         cart-694bc7cd75-98wzg      0/1     CrashLoopBackOff   7          8m31s
shop         cart-694bc7cd75-hfw5q      0/1     CrashLoopBackOff   7          8m31s
shop         redis-84b9759f74-4hwz9     1/1     Running            0          8m31s
shop         web-65467b7644-5p6nt       1/1     Running            0          8m31s`.trim()

/** The pods of a namespace, with kubectl's columns for a single one. */
export function podsOf(namespace: string): string {
  const lines = ALL_PODS.split('\n')
  return lines
    .filter((line, at) => at === 0 || line.startsWith(namespace))
    .map((line) => line.slice(13))
    .join('\n')
}

export const CART_LOG = `2026-11-22T08:00:00Z INFO  cart 2.4.0 starting
2026-11-22T08:00:01Z ERROR cannot connect to redis at cart-redis.shop:6379: no such host
2026-11-22T08:00:01Z FATAL exiting with status 1`
