/**
 * Continues a turn after approvals: runs approved calls in order, answers the others, and reads the outcomes. Changes
 * whose plan differs now, and objects that waited for a new one, are asked for again.
 */
import { readsAfter } from '../../preview'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ChangePlan } from '#shared/changes/change'
import type { ToolStatus } from '#shared/result'
import type { CallRecord } from '../../audit/entry'
import { serverOf } from '../../mcp/servers'
import type { Toolbox } from '../../mcp/toolbox/types'
import type { ModelMessage } from '../../model/types'
import { newCallId } from './call-id'
import type { CallGuard } from './call-guard'
import { callOf } from '#shared/changes/pending-write'
import type { RequestPart, SignedWrite, WriteCall } from '#shared/changes/pending-write'
import type { ApprovalGate, NotAsked, Redeemed, WaitingCall } from './approval-gate'
import type { ToolCall, ToolOutcome, TurnEvent } from '../events'
import { runCall, runPlanned } from './run-call'
import type { RanChange } from './run-call'
import { askParts, isInOrder, NOT_TRIED } from './request-parts'
import type { PartCall } from './request-parts'
import { textOutcome } from './text-outcome'
import { roundMessages } from './tool-round'

export interface ApprovedDeps {
  toolbox: Toolbox
  approvalGate: ApprovalGate
  /** Maximum tokens of each result's text for the model. */
  maxTokens: number
  /** Receives the following reads. */
  record: (call: CallRecord) => void
}

export interface ApprovedCalls {
  /** Messages to append to the history after the message with the calls: results and follow-ups. */
  messages: ModelMessage[]
  /** What came of the approvals, counted from the outcomes. */
  counted: Message
  /** True if new calls await approval. */
  isWaiting: boolean
}

/** Calls to ask for after all approved ones have run. */
interface Next {
  /** Changes whose plan differs from the approved one. */
  changed: { write: SignedWrite; plan: ChangePlan }[]
  /** Objects of a request whose earlier ones have run. */
  waiting: { write: SignedWrite; part: RequestPart }[]
  /** Requests with at least one executed call. */
  hasRun: Set<string>
}

/** @param waiting calls of the last assistant message, in order */
export async function* runApprovedCalls(
  waiting: readonly WaitingCall[],
  guard: CallGuard,
  deps: ApprovedDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, ApprovedCalls, void> {
  const messages: ModelMessage[] = []
  const unread: WriteCall[] = []
  const statuses: ToolStatus[] = []
  const next: Next = { changed: [], waiting: [], hasRun: new Set() }
  /** Requests with a refused object. */
  const refused = new Set<string>()
  for (const { toolCallId: id, name, arguments: args } of waiting)
    if (args) yield { type: 'tool-call', call: { id, name, arguments: args } }
  for (const each of waiting) {
    const { redeemed, ran } = await runApprovedCall(each, refused, deps, signal)
    const { outcome } = ran
    statuses.push(outcome.status)
    yield { type: 'tool-result', id: each.toolCallId, outcome }
    messages.push({ role: 'tool', toolCallId: each.toolCallId, name: each.name, content: outcome.forModel })
    const write = redeemed?.write
    if (!write) continue
    const { part } = write
    if (ran.next && redeemed.kind === 'run') {
      next.changed.push({ write, plan: ran.next })
      continue
    }
    if (part && part.rest.length > 0) next.waiting.push({ write, part })
    if (redeemed.kind !== 'run') continue
    if (part && ran.isRefused && isInOrder(write)) refused.add(part.id)
    if (part && !ran.isRefused) next.hasRun.add(part.id)
    guard.remember(write.tool, write.arguments)
    const isUnread = serverOf(write.server)?.plansChanges !== true
    if (isUnread && (outcome.status === 'ok' || outcome.status === 'unknown')) unread.push(write)
  }
  if (!signal.aborted) messages.push(...(yield* readBack(unread, deps, signal)))
  const { messages: more, isWaiting } = yield* askNext(next, refused, deps, signal)
  return { messages: [...messages, ...more], counted: counted(statuses), isWaiting: isWaiting && !signal.aborted }
}

function counted(statuses: readonly ToolStatus[]): Message {
  const of = (...kinds: ToolStatus[]) => statuses.filter((status) => kinds.includes(status)).length
  const [made, declined, unknown] = [of('ok'), of('declined', 'expired'), of('unknown')]
  return msg('changes-counted', { made, declined, failed: statuses.length - made - declined - unknown, unknown })
}

interface Approved {
  redeemed?: Redeemed
  ran: RanChange
}

async function runApprovedCall(
  waiting: WaitingCall,
  refused: ReadonlySet<string>,
  { approvalGate, toolbox, maxTokens }: ApprovedDeps,
  signal: AbortSignal,
): Promise<Approved> {
  const words = (outcome: ToolOutcome): RanChange => ({ outcome, isRefused: true })
  // Stopped while an earlier call ran, so the approval is not claimed.
  if (signal.aborted) return { ran: words(textOutcome('cancelled', msg('call-stopped-waiting'))) }
  const redeemed = await approvalGate.redeem(waiting, signal)
  if (redeemed.kind === 'answer')
    return { redeemed, ran: words(textOutcome(redeemed.status, redeemed.detail, redeemed)) }
  const { write, report } = redeemed
  const { part, identity, digest } = write
  const options = { toolbox, maxTokens, signal }
  const ran =
    part && refused.has(part.id)
      ? words(textOutcome('error', NOT_TRIED))
      : identity && digest !== undefined
        ? await runPlanned(write.tool, write.arguments, { phase: 'run', identity, digest }, options)
        : await runForeign(write, options)
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

/** Reads what the server does not report itself, as separate calls, so that user and model see the cluster's data. */
async function* readBack(
  ran: readonly WriteCall[],
  { toolbox, maxTokens, record }: ApprovedDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, ModelMessage[], void> {
  const entries = toolbox.tools()
  const reads = readsAfter(ran).flatMap(({ tool, arguments: args }) => {
    const entry = entries.find(({ name }) => name === tool)
    return entry ? [{ entry, args }] : []
  })
  if (reads.length === 0) return []
  yield { type: 'step-start' }
  const calls: ToolCall[] = []
  const outcomes = new Map<string, ToolOutcome>()
  for (const { entry, args } of reads) {
    const tool = entry.name
    const call = { id: newCallId(), name: entry.model.name, arguments: args }
    calls.push(call)
    yield { type: 'tool-call', call }
    const outcome = await runCall(tool, args, { toolbox, maxTokens, signal })
    const { status, durationMs } = outcome
    record({ call: call.id, tool, arguments: args, decision: 'read', outcome: status, durationMs })
    outcomes.set(call.id, outcome)
    yield { type: 'tool-result', id: call.id, outcome }
  }
  yield { type: 'step-end' }
  return roundMessages({ text: '', reasoning: '' }, calls, outcomes)
}

/** Asks in a single step: all pending calls are in the last step of a message. */
async function* askNext(
  next: Next,
  refused: ReadonlySet<string>,
  { approvalGate }: ApprovedDeps,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, Omit<ApprovedCalls, 'counted'>, void> {
  if (signal.aborted || next.changed.length + next.waiting.length === 0) return { messages: [], isWaiting: false }
  yield { type: 'step-start' }
  const parts: PartCall[] = []
  for (const { write, plan } of next.changed) {
    const again = { ...callOf(write), toolCallId: newCallId(), arguments: plan.arguments }
    const precededBy = msg('after-result-changed', { tool: write.name })
    const prepared = approvalGate.replanned(again, plan, write.objects)
    const asked =
      prepared.kind === 'change'
        ? await approvalGate.ask(prepared.write, { precededBy, part: write.part }, signal).catch(stopped(signal))
        : prepared
    if (asked.kind === 'split') continue
    parts.push({ call: { id: again.toolCallId, name: again.name, arguments: again.arguments }, asked })
  }
  for (const { write, part } of next.waiting) {
    const options = { approvalGate, signal, hasRun: next.hasRun.has(part.id) }
    parts.push(...(await askRest(write, part, refused, options)))
  }
  const outcomes = new Map<string, ToolOutcome>()
  for (const { call } of parts) yield { type: 'tool-call', call }
  for (const { call, asked } of parts)
    if (asked.kind === 'answer') {
      const outcome = textOutcome(asked.status, asked.detail, asked)
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

/** Every call has an outcome, also if the turn is stopped. */
function stopped(signal: AbortSignal): (error: unknown) => NotAsked {
  return (error) => {
    if (!signal.aborted) throw error
    return { kind: 'answer', status: 'error', detail: msg('call-not-asked-stopped') }
  }
}

async function askRest(
  { name, tool, server }: SignedWrite,
  { id, rest }: RequestPart,
  refused: ReadonlySet<string>,
  options: { approvalGate: ApprovalGate; signal: AbortSignal; hasRun: boolean },
): Promise<PartCall[]> {
  const answered = (detail: Message) =>
    rest.map((args): PartCall => {
      return {
        call: { id: newCallId(), name, arguments: args },
        asked: { kind: 'answer', status: 'error', detail },
      }
    })
  if (refused.has(id)) return answered(NOT_TRIED)
  try {
    const precededBy = msg('after-earlier-object', { tool: name })
    return await askParts({ name, tool, server }, rest, { ...options, precededBy }, id)
  } catch (error) {
    if (!options.signal.aborted) throw error
    return answered(msg('call-not-asked-stopped'))
  }
}
