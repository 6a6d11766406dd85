/** A scripted model and toolbox that record their requests. */
import { flattenSchema } from '../../../server/mcp/toolbox/schema'
import type { CallOptions, ToolEntry, Toolbox } from '../../../server/mcp/toolbox/types'
import { ModelError } from '../../../server/model/types'
import type { ChatModel, StepEnd, StepRequest } from '../../../server/model/types'
import type { StepEvent } from './step-events'
import type { RawToolResult } from '../../../server/results/types'
import { TokenMeter } from '../../../server/agent/budget'
import { createPolicy } from '../../../server/agent/policy'
import { keptResults, memoryResults } from '../../../server/results'
import { runTurn } from '../../../server/agent/turn'
import type { Conversation, TurnDeps } from '../../../server/agent/turn'
import type { TurnEvent } from '../../../server/agent/events'
import { testApprovalGate } from './approval-gate'
import { modelTool, serverTool } from '../brands'

/** One step: its events, an error after them, or a function of the request. */
export type Script =
  StepEvent[] | ModelError | ((request: StepRequest, signal: AbortSignal) => AsyncGenerator<StepEvent>)

export const say = (text: string): StepEvent[] => [
  { type: 'text', text },
  { type: 'finish', reason: 'stop' },
]

export const callTools = (...calls: [name: string, args: object | string][]): StepEvent[] => [
  ...calls.map(([name, args], at): StepEvent => ({
    type: 'tool-call',
    id: `m${at}`,
    name,
    arguments: typeof args === 'string' ? args : JSON.stringify(args),
  })),
  { type: 'finish', reason: 'tool-calls' },
]

export interface ScriptedModel extends ChatModel {
  requests: StepRequest[]
}

export function scriptedModel(...scripts: Script[]): ScriptedModel {
  const requests: StepRequest[] = []
  return {
    name: 'scripted',
    requests,
    async step(request, signal, listener) {
      requests.push(structuredClone(request))
      const script = scripts[requests.length - 1]
      if (!script) throw new Error(`the script has no step ${requests.length}`)
      if (script instanceof ModelError) throw script
      const end: StepEnd = { reason: 'stop', calls: [] }
      for await (const event of typeof script === 'function' ? script(request, signal) : script) {
        if (event.type === 'waiting') listener.waiting(event.state)
        else if (event.type === 'tool-call') end.calls.push(event)
        else if (event.type === 'finish') Object.assign(end, event)
        else listener.delta(event.type, event.text)
      }
      return end
    },
  }
}

type Answer =
  | string
  | RawToolResult
  | ((args: Record<string, unknown>, signal: AbortSignal, change: CallOptions['change']) => Promise<RawToolResult>)

export interface ScriptedToolbox extends Toolbox {
  calls: { name: string; args: Record<string, unknown> }[]
}

const noArguments = flattenSchema({}, new Set())

export function toolEntry(name: string, description = `The tool ${name}.`): ToolEntry {
  const model = { name: modelTool(name.replace(/[^A-Za-z0-9_]/g, '_')), description, parameters: noArguments }
  return { name: serverTool(name), model }
}

/** Tools by name with their answers. */
export function scriptedToolbox(
  answers: Record<string, Answer>,
  entries = Object.keys(answers).map((n) => toolEntry(n)),
): ScriptedToolbox {
  const calls: ScriptedToolbox['calls'] = []
  return {
    calls,
    tools: () => entries,
    async call(name, args, { signal, change }) {
      calls.push({ name, args })
      const answer = answers[name]
      if (answer === undefined) throw new Error(`unexpected call of ${name}`)
      if (typeof answer === 'function') return await answer(args, signal, change)
      return typeof answer === 'string' ? { isError: false, texts: [answer] } : answer
    },
  }
}

export interface Asked {
  events: TurnEvent[]
  text: string
  results: Extract<TurnEvent, { type: 'tool-result' }>['outcome'][]
  notices: string[]
  error?: Extract<TurnEvent, { type: 'error' }>
  finish: Extract<TurnEvent, { type: 'finish' }>
}

/** Tests do not wait: one immediate retry. */
const pauses = { busyMs: [0], unreachableMs: [0], restartMs: [0] }

/** Runs a turn on a question or conversation and sorts its events. */
export async function ask(
  question: string | Conversation,
  deps: Partial<TurnDeps> & Pick<TurnDeps, 'model'>,
  signal?: AbortSignal,
): Promise<Asked> {
  const all: TurnDeps = {
    toolbox: scriptedToolbox({}),
    approvalGate: testApprovalGate(),
    results: keptResults(memoryResults(), { user: 'someone', conversation: 'c1' }),
    policy: createPolicy({ mode: 'read-only' }),
    record: () => undefined,
    windowTokens: 32_768,
    meter: new TokenMeter(),
    cluster: {},
    maxRounds: 8,
    pauses,
    ...deps,
  }
  const events: TurnEvent[] = []
  const emit = (event: TurnEvent) => void events.push(event)
  const conversation: Conversation =
    typeof question === 'string' ? { history: [{ role: 'user', content: question }], waiting: [] } : question
  for await (const event of runTurn(conversation, all, emit, signal ?? new AbortController().signal)) events.push(event)
  const finish = events.at(-1)
  if (finish?.type !== 'finish') throw new Error('a turn must end with finish')
  const error = events.find((event) => event.type === 'error')
  return {
    events,
    text: events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join(''),
    results: events.flatMap((event) => (event.type === 'tool-result' ? [event.outcome] : [])),
    notices: events.flatMap((event) => (event.type === 'notice' ? [event.message.text] : [])),
    ...(error && { error }),
    finish,
  }
}
