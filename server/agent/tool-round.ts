/**
 * Runs the calls of one step: reads in parallel, each with exactly one result; writes are put before a person, and wait. A
 * write of several objects becomes a call for each of them.
 */
import { z } from 'zod'
import type { CallRecord } from '../audit/entry'
import type { ToolEntry, Toolbox } from '../mcp/toolbox/types'
import type { ModelMessage, ModelToolCall } from '../model/types'
import { cleanValue, sanitizeText } from '../results'
import { newCallId } from './call-id'
import type { CallGuard, CheckedCall } from './call-guard'
import type { ApprovalDesk, Asked, NotAsked, WriteCall } from './desk'
import type { ToolCall, ToolOutcome, TurnEvent } from './events'
import type { StepOutcome } from './model-step'
import { runCall, said } from './run-call'
import { askParts } from './several'
import type { PartCall } from './several'

/** More calls in one step than this are answered without being run. */
const MAX_CALLS = 16

/** Longer names than this are no tool's. */
const MAX_NAME = 80

export interface RoundDeps {
  toolbox: Toolbox
  desk: ApprovalDesk
  /** Bound of each result's text for the model. */
  maxChars: number
  /** The last result before this step, for the card of a write. */
  precededBy: string | undefined
  /** Is told of each call that no person was asked about. */
  record: (call: CallRecord) => void
}

export interface Round {
  /** What the step adds to the history: the assistant's message, with all its calls, and the results there are. */
  messages: ModelMessage[]
  /** Calls wait for a person: the turn ends here, and goes on with their answers. */
  isWaiting: boolean
}

interface Pending {
  call: ToolCall
  /** Its arguments were no JSON object. */
  broken: boolean
  settled: Promise<Settled>
}

type Settled =
  | { kind: 'outcome'; outcome: ToolOutcome }
  | Extract<Asked, { kind: 'asked' }>
  /** The call itself has this outcome, and calls of our own follow it. */
  | { kind: 'split'; outcome: ToolOutcome; calls: PartCall[] }

export async function* toolRound(
  step: StepOutcome,
  guard: CallGuard,
  deps: RoundDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, Round, void> {
  const entries = deps.toolbox.tools()
  const pending = step.calls.map((written, at): Pending => {
    const checked = at < MAX_CALLS ? checkedCall(written, guard, entries) : tooMany(written.name)
    // The name the model wrote, not the server's: both the history and the next request need it.
    const name = sanitizeText(written.name).slice(0, MAX_NAME) || 'unnamed'
    const call = { id: newCallId(), name, arguments: redacted(checked.arguments) }
    guard.numbered(call.id, checked)
    const broken = checked.kind === 'answer' && checked.broken === true
    return { call, broken, settled: settle(checked, call, deps, signal) }
  })
  guard.endStep(pending.every(({ broken }) => broken))
  for (const { call } of pending) yield { type: 'tool-call', call }

  const outcomes = new Map<string, ToolOutcome>()
  const asked = new Map<string, Extract<Asked, { kind: 'asked' }>>()
  const split = new Map<string, PartCall[]>()
  const open = new Map(
    pending.map(({ call, settled }) => [call.id, settled.then((result) => ({ id: call.id, result }))]),
  )
  while (open.size > 0) {
    const { id, result } = await Promise.race(open.values())
    open.delete(id)
    if (result.kind === 'asked') {
      asked.set(id, result)
      continue
    }
    outcomes.set(id, result.outcome)
    yield { type: 'tool-result', id, outcome: result.outcome }
    if (result.kind === 'split') split.set(id, result.calls)
  }
  const calls: ToolCall[] = []
  for (const { call } of pending) {
    calls.push(call)
    for (const { call: own, asked: result } of split.get(call.id) ?? []) {
      const shown = { ...own, arguments: redacted(own.arguments) }
      calls.push(shown)
      yield { type: 'tool-call', call: shown }
      if (result.kind === 'asked') asked.set(own.id, result)
      else {
        const outcome = said(result.status, result.text)
        outcomes.set(own.id, outcome)
        yield { type: 'tool-result', id: own.id, outcome }
      }
    }
  }
  // After all results, so that a page never shows a card while something else of the step is still under way; in the order
  // of the calls (writes-17).
  for (const { id } of calls) {
    const result = asked.get(id)
    if (result) yield { type: 'approval-request', approval: result.approval, signature: result.signature }
  }

  return { messages: roundMessages(step, calls, outcomes), isWaiting: asked.size > 0 }
}

/** The messages of a step with calls, in the order in which it made them. */
export function roundMessages(
  { text, reasoning }: Pick<StepOutcome, 'text' | 'reasoning'>,
  calls: readonly ToolCall[],
  outcomes: ReadonlyMap<string, ToolOutcome>,
): ModelMessage[] {
  const toolCalls = calls.map(({ id, name, arguments: args }): ModelToolCall => {
    return { id, name, arguments: JSON.stringify(args) }
  })
  // gpt-oss wants its reasoning back inside the tool loop.
  const assistant: ModelMessage = { role: 'assistant', content: text, ...(reasoning && { reasoning }), toolCalls }
  const results = calls.map(({ id, name }): ModelMessage => {
    return { role: 'tool', toolCallId: id, name, content: outcomes.get(id)?.forModel ?? '' }
  })
  return [assistant, ...results]
}

async function settle(
  checked: CheckedCall,
  { id: toolCallId, name }: ToolCall,
  { desk, toolbox, maxChars, precededBy, record }: RoundDeps,
  signal: AbortSignal,
): Promise<Settled> {
  const { name: tool, arguments: args } = checked
  const recorded = (decision: 'read' | 'denied', outcome: ToolOutcome): Settled => {
    const { status, durationMs } = outcome
    record({ call: toolCallId, tool, arguments: args, decision, outcome: status, durationMs })
    return { kind: 'outcome', outcome }
  }
  switch (checked.kind) {
    case 'answer':
      return recorded('denied', said(checked.status, checked.text))
    case 'run':
      return recorded('read', await runCall(tool, args, { toolbox, maxChars, signal }))
    case 'ask': {
      const server = checked.server && { server: checked.server }
      return await askPerson({ toolCallId, name, tool, ...server, arguments: args }, desk, precededBy, signal)
    }
  }
}

/** Puts a write before a person: it has an outcome at once where it cannot be asked for, or is stopped before. */
async function askPerson(
  call: WriteCall,
  desk: ApprovalDesk,
  precededBy: string | undefined,
  signal: AbortSignal,
): Promise<Settled> {
  try {
    const prepared = await desk.prepare(call, signal)
    switch (prepared.kind) {
      case 'answer':
        return notAsked(prepared)
      case 'change': {
        const asked = await desk.ask(prepared, { precededBy })
        return asked.kind === 'asked' ? asked : notAsked(asked)
      }
      case 'split': {
        const { calls: list } = prepared
        const { toolCallId: _, arguments: __, ...parts } = call
        const calls = await askParts(parts, list, { desk, precededBy, signal })
        return { kind: 'split', outcome: said('ok', splitText(list.length, calls.length)), calls }
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
    return { kind: 'outcome', outcome: said('cancelled', 'The call was stopped before it was asked for.') }
  }
}

function notAsked({ status, text }: NotAsked): Settled {
  return { kind: 'outcome', outcome: said(status, text) }
}

function splitText(objects: number, now: number): string {
  const all = `The request is about ${objects} objects. Each of them is a call of its own below, in order, and is approved by itself.`
  return now < objects ? `${all} ${objects - now} of them follow once what they need exists.` : all
}

/** What a model writes ends no turn: a call that cannot even be looked at is refused by itself (writes-31). */
function checkedCall(
  written: StepOutcome['calls'][number],
  guard: CallGuard,
  entries: readonly ToolEntry[],
): CheckedCall {
  try {
    return guard.check(written, entries)
  } catch {
    const text = 'Not run: the arguments cannot be read. Each argument must be what the schema of the tool says.'
    return { kind: 'answer', name: written.name, arguments: {}, status: 'error', text }
  }
}

function tooMany(name: string): CheckedCall {
  const text = `Not run: at most ${MAX_CALLS} calls are made at once. Call again with fewer.`
  return { kind: 'answer', name, arguments: {}, status: 'error', text }
}

const objectSchema = z.record(z.string(), z.unknown())

/** As one object: what is a credential is told by the names too. */
function redacted(args: Record<string, unknown>): Record<string, unknown> {
  return objectSchema.parse(cleanValue(args))
}
