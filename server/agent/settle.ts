/**
 * Goes on where a turn waited for a person: runs what was approved, one after the other, answers the rest, and reads what
 * came of it. What the cluster shows otherwise by now is asked for again, and so is what waited for an object that exists now.
 */
import { readsAfter } from '../preview'
import type { ChangePlan } from '#shared/change'
import type { CallRecord } from '../audit/entry'
import { serverOf } from '../mcp/servers'
import type { Toolbox } from '../mcp/toolbox/types'
import type { ModelMessage } from '../model/types'
import { newCallId } from './call-id'
import type { CallGuard } from './call-guard'
import type { ApprovalDesk, Redeemed, RequestPart, Shown, WaitingCall, WriteCall } from './desk'
import type { ToolCall, ToolOutcome, TurnEvent } from './events'
import { runCall, runPlanned, said } from './run-call'
import type { RanChange } from './run-call'
import { askParts, isInOrder, NOT_TRIED } from './several'
import type { PartCall } from './several'
import { roundMessages } from './tool-round'

export interface SettleDeps {
  toolbox: Toolbox
  desk: ApprovalDesk
  /** Bound of each result's text for the model. */
  maxChars: number
  /** Is told of the reads that follow. */
  record: (call: CallRecord) => void
}

export interface SettledCalls {
  /** What it adds to the history, behind the message that holds the calls: their results, and what follows them. */
  messages: ModelMessage[]
  /** Calls were asked for again: the turn waits again. */
  isWaiting: boolean
}

/** What is to be asked for after all that was approved has run. */
interface Next {
  /** The cluster shows another plan than the one that was approved. */
  changed: { call: WriteCall; plan: ChangePlan; shown: Shown[]; part?: RequestPart }[]
  /** Objects of a request whose earlier ones have run. */
  waiting: { call: WriteCall; part: RequestPart }[]
  /** Requests of which something has run. */
  hasRun: Set<string>
}

/** @param waiting calls of the history's last assistant message, in order */
export async function* settleCalls(
  waiting: readonly WaitingCall[],
  guard: CallGuard,
  deps: SettleDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, SettledCalls, void> {
  const messages: ModelMessage[] = []
  const unread: WriteCall[] = []
  const next: Next = { changed: [], waiting: [], hasRun: new Set() }
  /** Requests of which the cluster has refused an object. */
  const refused = new Set<string>()
  for (const { toolCallId: id, name, arguments: args } of waiting)
    if (args) yield { type: 'tool-call', call: { id, name, arguments: args } }
  for (const each of waiting) {
    const { redeemed, ran } = await settleOne(each, refused, deps, signal)
    const { outcome } = ran
    yield { type: 'tool-result', id: each.toolCallId, outcome }
    messages.push({ role: 'tool', toolCallId: each.toolCallId, name: each.name, content: outcome.forModel })
    const { call, part } = redeemed ?? {}
    if (!call) continue
    const isRest = part !== undefined && part.rest.length > 0
    if (ran.next && redeemed?.kind === 'run') {
      next.changed.push({ call, plan: ran.next, shown: redeemed.shown, ...(part && { part }) })
      continue
    }
    if (isRest) next.waiting.push({ call, part })
    if (redeemed?.kind !== 'run') continue
    if (part && ran.isRefused && isInOrder(call)) refused.add(part.id)
    if (part && !ran.isRefused) next.hasRun.add(part.id)
    guard.remember(call.tool, call.arguments)
    const isUnread = serverOf(call.server)?.plansChanges !== true
    if (isUnread && (outcome.status === 'ok' || outcome.status === 'unknown')) unread.push(call)
  }
  if (!signal.aborted) messages.push(...(yield* readBack(unread, deps, signal)))
  const { messages: more, isWaiting } = yield* askNext(next, refused, deps, signal)
  return { messages: [...messages, ...more], isWaiting: isWaiting && !signal.aborted }
}

interface SettledOne {
  redeemed?: Redeemed
  ran: RanChange
}

async function settleOne(
  waiting: WaitingCall,
  refused: ReadonlySet<string>,
  { desk, toolbox, maxChars }: SettleDeps,
  signal: AbortSignal,
): Promise<SettledOne> {
  const words = (outcome: ToolOutcome): RanChange => ({ outcome, isRefused: true })
  // Before the approval is claimed: it was stopped while an earlier one ran.
  if (signal.aborted) return { ran: words(said('cancelled', 'Not run: it was stopped before its turn came.')) }
  const redeemed = await desk.redeem(waiting, signal)
  if (redeemed.kind === 'answer') return { redeemed, ran: words(said(redeemed.status, redeemed.text)) }
  const { call, phase, part, report } = redeemed
  const options = { toolbox, maxChars, signal }
  const ran =
    part && refused.has(part.id)
      ? words(said('error', NOT_TRIED))
      : phase
        ? await runPlanned(call.tool, call.arguments, phase, options)
        : await runForeign(call, options)
  report(ran.outcome)
  return { redeemed, ran }
}

async function runForeign(
  { tool, arguments: args }: WriteCall,
  options: Omit<Parameters<typeof runCall>[2], 'mutates'>,
): Promise<RanChange> {
  const outcome = await runCall(tool, args, { ...options, mutates: true })
  return { outcome, isRefused: outcome.status !== 'ok' }
}

/** What a server does not tell itself is read, as calls of their own: the person sees the cluster's data, and so does the model. */
async function* readBack(
  ran: readonly WriteCall[],
  { toolbox, maxChars, record }: SettleDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, ModelMessage[], void> {
  const entries = toolbox.tools()
  const names = new Map(entries.map((entry) => [entry.name, entry.model.name]))
  const reads = readsAfter(ran).filter(({ tool }) => names.has(tool))
  if (reads.length === 0) return []
  yield { type: 'step-start' }
  const calls: ToolCall[] = []
  const outcomes = new Map<string, ToolOutcome>()
  for (const { tool, arguments: args } of reads) {
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

/** Calls of our own, in one step: all that waits stands in the last step of a message. */
async function* askNext(
  next: Next,
  refused: ReadonlySet<string>,
  { desk }: SettleDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, SettledCalls, void> {
  if (signal.aborted || next.changed.length + next.waiting.length === 0) return { messages: [], isWaiting: false }
  yield { type: 'step-start' }
  const parts: PartCall[] = []
  for (const { call, plan, shown, part } of next.changed) {
    const again = { ...call, toolCallId: newCallId(), arguments: plan.arguments }
    const precededBy = `${call.name} · not run, since the cluster had changed`
    const prepared = desk.replanned(again, plan, shown)
    const asked =
      prepared.kind === 'change' ? await desk.ask(prepared, { precededBy, ...(part && { part }) }) : prepared
    if (asked.kind === 'split') continue
    parts.push({ call: { id: again.toolCallId, name: again.name, arguments: again.arguments }, asked })
  }
  for (const { call, part } of next.waiting) {
    const options = { desk, signal, hasRun: next.hasRun.has(part.id) }
    parts.push(...(await askRest(call, part, refused, options)))
  }
  const outcomes = new Map<string, ToolOutcome>()
  for (const { call } of parts) yield { type: 'tool-call', call }
  for (const { call, asked } of parts)
    if (asked.kind === 'answer') {
      const outcome = said(asked.status, asked.text)
      outcomes.set(call.id, outcome)
      yield { type: 'tool-result', id: call.id, outcome }
    }
  let isWaiting = false
  for (const { asked } of parts)
    if (asked.kind === 'asked') {
      isWaiting = true
      yield { type: 'approval-request', approval: asked.approval, signature: asked.signature }
    }
  yield { type: 'step-end' }
  const calls = parts.map(({ call }) => call)
  return { messages: roundMessages({ text: '', reasoning: '' }, calls, outcomes), isWaiting }
}

async function askRest(
  { toolCallId: _, arguments: __, ...parts }: WriteCall,
  { id, rest }: RequestPart,
  refused: ReadonlySet<string>,
  options: { desk: ApprovalDesk; signal: AbortSignal; hasRun: boolean },
): Promise<PartCall[]> {
  const answered = (status: 'error', text: string) =>
    rest.map((args): PartCall => {
      return { call: { id: newCallId(), name: parts.name, arguments: args }, asked: { kind: 'answer', status, text } }
    })
  if (refused.has(id)) return answered('error', NOT_TRIED)
  try {
    const precededBy = `${parts.name} · an earlier object of the same request`
    return await askParts(parts, rest, { ...options, precededBy }, id)
  } catch (error) {
    if (!options.signal.aborted) throw error
    return answered('error', 'Not asked: it was stopped before.')
  }
}
