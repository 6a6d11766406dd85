/** Runs the calls of one step, reads in parallel, and gives each exactly one result. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Toolbox } from '../mcp/types'
import type { ModelMessage, ModelToolCall } from '../model/types'
import { presentResult, redactText, redactValue } from '../results'
import type { CallGuard, CheckedCall } from './call-guard'
import type { ToolCall, ToolOutcome, TurnEvent } from './events'
import type { StepOutcome } from './model-step'

/** More calls in one step than this are answered without being run. */
const MAX_CALLS = 16

/** Longer names than this are no tool's. */
const MAX_NAME = 80

interface Pending {
  call: ToolCall
  /** Its arguments were no JSON object. */
  broken: boolean
  /** Answered by us: it was not run. */
  own: boolean
  outcome: Promise<ToolOutcome>
}

/**
 * @param maxChars bound of each result's text for the model
 * @returns the messages the step adds to the history: the assistant's, with all its calls, and one result for each
 */
export async function* toolRound(
  step: StepOutcome,
  guard: CallGuard,
  toolbox: Toolbox,
  maxChars: number,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, ModelMessage[], void> {
  const entries = toolbox.tools()
  const pending = step.calls.map((written, at): Pending => {
    const checked = at < MAX_CALLS ? guard.check(written, entries) : tooMany(written.name)
    // The name the model wrote, not the server's: both the history and the next request need it.
    const name = written.name.slice(0, MAX_NAME) || 'unnamed'
    const call = { id: `call_${randomUUID().slice(0, 13)}`, name, arguments: redacted(checked.arguments) }
    const broken = checked.kind === 'answer' && checked.broken === true
    const own = checked.kind === 'answer'
    return { call, broken, own, outcome: run(checked, toolbox, maxChars, signal) }
  })
  guard.endStep(pending.every(({ broken }) => broken))
  for (const { call } of pending) yield { type: 'tool-call', call }

  const outcomes = new Map<string, ToolOutcome>()
  const open = new Map(
    pending.map(({ call, outcome }) => [call.id, outcome.then((result) => ({ id: call.id, result }))]),
  )
  while (open.size > 0) {
    const { id, result } = await Promise.race(open.values())
    open.delete(id)
    outcomes.set(id, result)
    yield { type: 'tool-result', id, outcome: result }
  }

  const toolCalls = pending.map(({ call }): ModelToolCall => {
    return { id: call.id, name: call.name, arguments: JSON.stringify(call.arguments) }
  })
  const assistant: ModelMessage = {
    role: 'assistant',
    content: step.text,
    // gpt-oss wants its reasoning back inside the tool loop.
    ...(step.reasoning && { reasoning: step.reasoning }),
    toolCalls,
  }
  const results = pending.map(({ call, own }): ModelMessage => {
    const content = outcomes.get(call.id)?.forModel ?? ''
    return { role: 'tool', toolCallId: call.id, name: call.name, content, ...(own && { own }) }
  })
  return [assistant, ...results]
}

async function run(
  checked: CheckedCall,
  toolbox: Toolbox,
  maxChars: number,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  if (checked.kind === 'answer') return said(checked.status, checked.text, elapsed())
  try {
    const raw = await toolbox.call(checked.name, checked.arguments, { signal })
    if (raw.outcomeUnknown) return said('unknown', raw.texts.join('\n'), elapsed())
    const result = await presentResult({ tool: checked.name, arguments: checked.arguments, raw, maxChars })
    return { ...result, durationMs: elapsed() }
  } catch (error) {
    if (signal.aborted) return said('cancelled', 'The call was stopped before it had a result.', elapsed())
    return said('error', redactText(error instanceof Error ? error.message : String(error)), elapsed())
  }
}

function said(status: ToolOutcome['status'], text: string, durationMs: number): ToolOutcome {
  return { status, forModel: text, forPerson: { kind: 'text', text }, durationMs }
}

function tooMany(name: string): CheckedCall {
  const text = `Not run: at most ${MAX_CALLS} calls are made at once. Call again with fewer.`
  return { kind: 'answer', name, arguments: {}, status: 'error', text }
}

const objectSchema = z.record(z.string(), z.unknown())

/** As one object: what is a credential is told by the names too. */
function redacted(args: Record<string, unknown>): Record<string, unknown> {
  return objectSchema.parse(redactValue(args))
}
