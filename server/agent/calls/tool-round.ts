/**
 * Runs the calls of one step: reads in parallel with one result each; writes await approval. A write of several objects
 * becomes one call for each.
 */
import { modelToolNameSchema, serverToolNameSchema } from '#shared/tool-names'
import { z } from 'zod'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { CallRecord } from '../../audit/entry'
import type { ToolEntry, Toolbox } from '../../mcp/toolbox/types'
import type { ModelMessage, ModelToolCall } from '../../model/types'
import { cleanValue, sanitizeText } from '../../results'
import type { KeptResults } from '../../results'
import { newCallId } from './call-id'
import type { CallGuard, CheckedCall } from './call-guard'
import type { WriteCall } from '#shared/changes/pending-write'
import type { ApprovalGate, Asked, NotAsked } from './approval-gate'
import type { ToolCall, ToolOutcome, TurnEvent } from '../events'
import type { StepOutcome } from '../model-step'
import { CALL_FEWER } from '../model-texts'
import { readCall } from './read-call'
import { showPlan } from './show-plan'
import { askParts } from './request-parts'
import { factsOf } from './round-facts'
import type { RoundFacts } from './round-facts'
import type { PartCall } from './request-parts'
import { textOutcome } from './text-outcome'

/** Further calls of a step are answered without running. */
const MAX_CALLS = 16

const TOO_MANY: Refusal = { detail: msg('call-too-many', { count: MAX_CALLS }), advice: CALL_FEWER }

/** Longer names belong to no tool. */
const MAX_NAME = 80

export interface Refusal {
  detail: Message
  advice: string
}

export interface RoundDeps {
  toolbox: Toolbox
  approvalGate: ApprovalGate
  /** Of this conversation. */
  results: KeptResults
  /** Maximum tokens of each result's text for the model. */
  maxTokens: number
  /** The last result before this step, for the card of a write. */
  precededBy: string | undefined
  /** Why no call may run any more, and the next step for the model. */
  refusal?: Refusal | undefined
  /** Receives calls that ran without approval. */
  record: (call: CallRecord) => void
}

export interface Round extends RoundFacts {
  /** The messages of this step: the assistant's message with all calls, and available results. */
  messages: ModelMessage[]
  /** Calls await approval: the turn ends here and continues with the answers. */
  isWaiting: boolean
}

interface Pending {
  call: ToolCall
  checked: CheckedCall
  result: Promise<CallResult>
}

type CallResult =
  | { kind: 'outcome'; outcome: ToolOutcome }
  | Extract<Asked, { kind: 'asked' }>
  /** The call itself has this outcome, and our own calls follow. */
  | { kind: 'split'; outcome: ToolOutcome; calls: PartCall[] }

export async function* toolRound(
  step: StepOutcome,
  guard: CallGuard,
  deps: RoundDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, Round, void> {
  const entries = deps.toolbox.tools()
  const pending = step.calls.map((written, at): Pending => {
    const refusal = deps.refusal ?? (at < MAX_CALLS ? undefined : TOO_MANY)
    const checked = refusal ? refusedCall(written.name, refusal) : checkedCall(written, guard, entries)
    // The model's name for the tool: history and next request need it.
    const name = modelToolNameSchema.parse(sanitizeText(written.name).slice(0, MAX_NAME) || 'unnamed')
    const call = { id: newCallId(), name, arguments: redacted(checked.arguments) }
    guard.numbered(call.id, checked)
    return { call, checked, result: resultOf(checked, call, deps, signal) }
  })
  const all = (mistake: 'broken' | 'repeated') =>
    pending.every(({ checked }) => checked.kind === 'answer' && checked[mistake] === true)
  if (!deps.refusal) guard.endStep({ allBroken: all('broken'), allRepeated: all('repeated') })
  for (const { call } of pending) yield { type: 'tool-call', call }

  const outcomes = new Map<string, ToolOutcome>()
  const asked = new Map<string, Extract<Asked, { kind: 'asked' }>>()
  const split = new Map<string, PartCall[]>()
  const open = new Map(
    pending.map(({ call, result }) => [call.id, result.then((each) => ({ id: call.id, result: each }))]),
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
        const outcome = result.kind === 'planned' ? result.outcome : textOutcome(result.status, result.detail, result)
        outcomes.set(own.id, outcome)
        yield { type: 'tool-result', id: own.id, outcome }
      }
    }
  }
  // After all results, in call order, so that a page shows no card while other calls of the step run (writes-17).
  for (const { id } of calls) {
    const result = asked.get(id)
    if (result) yield { type: 'approval-request', approval: result.approval, signature: result.signature }
  }

  const facts = factsOf(pending.map(({ checked }) => checked))
  return { messages: roundMessages(step, calls, outcomes), ...facts, isWaiting: asked.size > 0 }
}

/** The messages of a step with calls, in order. */
export function roundMessages(
  { text, reasoning }: Pick<StepOutcome, 'text' | 'reasoning'>,
  calls: readonly ToolCall[],
  outcomes: ReadonlyMap<string, ToolOutcome>,
): ModelMessage[] {
  const toolCalls = calls.map(({ id, name, arguments: args }): ModelToolCall => {
    return { id, name, arguments: JSON.stringify(args) }
  })
  // gpt-oss needs its reasoning back within the tool loop.
  const assistant: ModelMessage = { role: 'assistant', content: text, ...(reasoning && { reasoning }), toolCalls }
  const results = calls.map(({ id, name }): ModelMessage => {
    return { role: 'tool', toolCallId: id, name, content: outcomes.get(id)?.forModel ?? '' }
  })
  return [assistant, ...results]
}

async function resultOf(
  checked: CheckedCall,
  { id: toolCallId, name }: ToolCall,
  { approvalGate, toolbox, results, maxTokens, precededBy, record }: RoundDeps,
  signal: AbortSignal,
): Promise<CallResult> {
  const { tool, arguments: args } = checked
  const recorded = (decision: 'read' | 'denied', outcome: ToolOutcome): CallResult => {
    const { status, durationMs } = outcome
    record({ call: toolCallId, tool, arguments: args, decision, outcome: status, durationMs })
    return { kind: 'outcome', outcome }
  }
  switch (checked.kind) {
    case 'answer':
      return recorded(checked.status === 'ok' ? 'read' : 'denied', textOutcome(checked.status, checked.detail, checked))
    case 'run':
      return recorded('read', await readCall(toolCallId, tool, args, { toolbox, results, maxTokens, signal }))
    case 'plan':
    case 'ask': {
      const call = { toolCallId, name, tool, ...(checked.server && { server: checked.server }), arguments: args }
      return checked.kind === 'plan'
        ? await showPlan(call, { approvalGate, maxTokens, record }, signal)
        : await askPerson(call, approvalGate, precededBy, signal)
    }
  }
}

/** Asks for approval of a write; returns an outcome if it cannot be asked or was stopped. */
async function askPerson(
  call: WriteCall,
  approvalGate: ApprovalGate,
  precededBy: string | undefined,
  signal: AbortSignal,
): Promise<CallResult> {
  try {
    const prepared = await approvalGate.prepare(call, signal)
    switch (prepared.kind) {
      case 'answer':
        return notAsked(prepared)
      case 'change': {
        const asked = await approvalGate.ask(prepared.write, { precededBy }, signal)
        return asked.kind === 'asked' ? asked : notAsked(asked)
      }
      case 'split': {
        const { calls: list } = prepared
        const { toolCallId: _, arguments: __, ...parts } = call
        const calls = await askParts(parts, list, { approvalGate, precededBy, signal })
        return { kind: 'split', outcome: textOutcome('ok', splitText(list.length, calls.length)), calls }
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
    return { kind: 'outcome', outcome: textOutcome('cancelled', msg('call-stopped-unasked')) }
  }
}

function notAsked({ status, detail, advice }: NotAsked): CallResult {
  return { kind: 'outcome', outcome: textOutcome(status, detail, { advice }) }
}

function splitText(objects: number, now: number): Message {
  return now < objects ? msg('call-split-later', { objects, later: objects - now }) : msg('call-split', { objects })
}

/** A call that cannot be examined is refused alone, without ending the turn (writes-31). */
function checkedCall(
  written: StepOutcome['calls'][number],
  guard: CallGuard,
  entries: readonly ToolEntry[],
): CheckedCall {
  try {
    return guard.check(written, entries)
  } catch {
    return {
      kind: 'answer',
      tool: serverToolNameSchema.parse(written.name),
      arguments: {},
      status: 'error',
      detail: msg('call-unreadable'),
    }
  }
}

function refusedCall(name: string, refusal: Refusal): CheckedCall {
  return { kind: 'answer', tool: serverToolNameSchema.parse(name), arguments: {}, status: 'error', ...refusal }
}

const objectSchema = z.record(z.string(), z.unknown())

/** As one object, since names identify credentials too. */
function redacted(args: Record<string, unknown>): Record<string, unknown> {
  return objectSchema.parse(cleanValue(args))
}
