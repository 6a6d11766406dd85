/**
 * Goes on where a turn waited for a person: runs what was approved, one after the other, answers the rest, and reads what
 * came of it. What has changed since its preview is asked anew.
 */
import { isConflict, verificationCall } from '../preview'
import type { CallRecord } from '../audit/entry'
import { OWN_SERVER, ownRead } from '../mcp/servers'
import type { Toolbox } from '../mcp/types'
import type { ModelMessage } from '../model/types'
import type { CallGuard } from './call-guard'
import type { ApprovalDesk, WaitingCall, WriteCall } from './desk'
import type { ToolCall, ToolOutcome, TurnEvent } from './events'
import { runCall, said } from './run-call'
import { askPerson, newCallId, roundMessages } from './tool-round'

export interface SettleDeps {
  toolbox: Toolbox
  desk: ApprovalDesk
  /** Bound of each result's text for the model. */
  maxChars: number
  /** Is told of the reads that follow. */
  record: (call: CallRecord) => void
}

export interface SettledCalls {
  /** What it adds to the history, behind the message that holds the calls: their results, and the reads after them. */
  messages: ModelMessage[]
  /** Calls were asked for anew: the turn waits again. */
  isWaiting: boolean
}

/** @param waiting calls of the history's last assistant message, in order */
export async function* settleCalls(
  waiting: readonly WaitingCall[],
  guard: CallGuard,
  deps: SettleDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, SettledCalls, void> {
  const messages: ModelMessage[] = []
  const ran: WriteCall[] = []
  const stale: WriteCall[] = []
  for (const { toolCallId: id, name, arguments: args } of waiting)
    if (args) yield { type: 'tool-call', call: { id, name, arguments: args } }
  for (const each of waiting) {
    const { outcome, call, wasRun } = await settleOne(each, deps, signal)
    yield { type: 'tool-result', id: each.toolCallId, outcome }
    messages.push({ role: 'tool', toolCallId: each.toolCallId, name: each.name, content: outcome.forModel })
    if (!call || !wasRun) continue
    if (outcome.status === 'error' && isConflict(outcome.forModel)) stale.push(call)
    else {
      guard.remember(call.tool, call.arguments)
      if (outcome.status === 'ok' || outcome.status === 'unknown') ran.push(call)
    }
  }
  if (!signal.aborted) messages.push(...(yield* readBack(ran, deps, signal)))
  const isWaiting = !signal.aborted && (yield* askAnew(stale, deps, signal))
  return { messages, isWaiting }
}

interface SettledOne {
  outcome: ToolOutcome
  call?: WriteCall
  /** The MCP server was asked to run it. */
  wasRun: boolean
}

async function settleOne(waiting: WaitingCall, deps: SettleDeps, signal: AbortSignal): Promise<SettledOne> {
  // Before the approval is claimed: it was stopped while an earlier one ran.
  if (signal.aborted)
    return { outcome: said('cancelled', 'Not run: it was stopped before its turn came.'), wasRun: false }
  const redeemed = await deps.desk.redeem(waiting)
  if (redeemed.kind === 'answer')
    return {
      outcome: said(redeemed.status, redeemed.text),
      ...(redeemed.call && { call: redeemed.call }),
      wasRun: false,
    }
  const { toolbox, maxChars } = deps
  const { call } = redeemed
  const outcome = await runCall(call.tool, redeemed.arguments, { toolbox, maxChars, signal, mutates: true })
  redeemed.report(outcome)
  return { outcome, call, wasRun: true }
}

/** What was changed is read, as calls of their own: the person sees the cluster's data, and so does the model. */
async function* readBack(
  ran: readonly WriteCall[],
  { toolbox, maxChars, record }: SettleDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, ModelMessage[], void> {
  const entries = toolbox.tools()
  const names = new Map(entries.map((entry) => [entry.name, entry.model.name]))
  const hasOwnReads = entries.some(({ server }) => server === OWN_SERVER)
  const reads = ran
    .flatMap(({ tool, arguments: args }) => verificationCall(tool, args, new Set(names.keys())) ?? [])
    .map((read) => (hasOwnReads ? ownRead(read.tool, read.arguments) : undefined) ?? read)
  const distinct = [...new Map(reads.map((read) => [JSON.stringify(read), read])).values()]
  if (distinct.length === 0) return []
  yield { type: 'step-start' }
  const calls: ToolCall[] = []
  const outcomes = new Map<string, ToolOutcome>()
  for (const { tool, arguments: args } of distinct) {
    const call = { id: newCallId(), name: names.get(tool) ?? tool, arguments: args }
    calls.push(call)
    yield { type: 'tool-call', call }
    const outcome = await runCall(tool, args, { toolbox, maxChars, signal })
    const { status, durationMs } = outcome
    record({ call: call.id, tool, arguments: args, decision: 'read', outcome: status, durationMs })
    outcomes.set(call.id, outcome)
    yield { type: 'tool-result', id: call.id, outcome }
  }
  yield { type: 'step-end' }
  return roundMessages({ text: '', reasoning: '' }, calls, outcomes)
}

/** The object has changed since the preview, so that the API server refused: the same call again, with a new preview. */
async function* askAnew(
  stale: readonly WriteCall[],
  { desk }: SettleDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, boolean, void> {
  if (stale.length === 0) return false
  yield { type: 'step-start' }
  let isWaiting = false
  for (const each of stale) {
    const call = { ...each, toolCallId: newCallId() }
    yield { type: 'tool-call', call: { id: call.toolCallId, name: call.name, arguments: call.arguments } }
    const asked = await askPerson(call, desk, `${call.name} · refused, since the object had changed`, signal)
    isWaiting ||= asked.kind === 'asked'
    yield asked.kind === 'asked'
      ? { type: 'approval-request', approval: asked.approval, signature: asked.signature }
      : { type: 'tool-result', id: call.toolCallId, outcome: asked.outcome }
  }
  yield { type: 'step-end' }
  return isWaiting
}
