/**
 * A change in read-only mode: its plan is the call's result. Planned as for an approval, but it cannot be approved.
 */
import { msg } from '#shared/messages/create'
import { cutToTokens, planText } from '../../results'
import type { CallRecord } from '../../audit/entry'
import type { WriteCall } from '#shared/changes/pending-write'
import type { ApprovalGate, Prepared } from './approval-gate'
import type { ToolOutcome } from '../events'
import { newCallId } from './call-id'
import type { PartCall } from './request-parts'
import { textOutcome } from './text-outcome'

export interface PlanOptions {
  approvalGate: Pick<ApprovalGate, 'prepare'>
  /** Bound of the text for the model. */
  maxTokens: number
  record: (call: CallRecord) => void
}

type Planned =
  | { kind: 'outcome'; outcome: ToolOutcome }
  /** The request is about several objects: a call for each. */
  | { kind: 'split'; outcome: ToolOutcome; calls: PartCall[] }

export async function showPlan(call: WriteCall, options: PlanOptions, signal: AbortSignal): Promise<Planned> {
  const startedAt = performance.now()
  try {
    const prepared = await options.approvalGate.prepare(call, signal)
    if (prepared.kind !== 'split') return { kind: 'outcome', outcome: outcomeOf(prepared, startedAt, options) }
    const calls = await showParts(call, prepared.calls, options, signal)
    return { kind: 'split', outcome: textOutcome('ok', msg('call-split-planned', { objects: calls.length })), calls }
  } catch (error) {
    if (!signal.aborted) throw error
    return { kind: 'outcome', outcome: textOutcome('cancelled', msg('call-stopped-unasked')) }
  }
}

/** In order. What needs an earlier object of the request that does not exist cannot be planned. */
async function showParts(
  { toolCallId: _, ...parts }: WriteCall,
  list: readonly Record<string, unknown>[],
  options: PlanOptions,
  signal: AbortSignal,
): Promise<PartCall[]> {
  const made: PartCall[] = []
  for (const args of list) {
    const startedAt = performance.now()
    const call = { id: newCallId(), name: parts.name, arguments: args }
    const prepared = await options.approvalGate.prepare({ ...parts, toolCallId: call.id, arguments: args }, signal)
    const asked: PartCall['asked'] =
      prepared.kind === 'split'
        ? { kind: 'answer', status: 'error', detail: msg('call-several-again') }
        : { kind: 'planned', outcome: outcomeOf(prepared, startedAt, options) }
    made.push({ call, asked })
  }
  return made
}

function outcomeOf(
  prepared: Exclude<Prepared, { kind: 'split' }>,
  startedAt: number,
  { maxTokens, record }: PlanOptions,
): ToolOutcome {
  if (prepared.kind === 'answer') return textOutcome(prepared.status, prepared.detail, prepared)
  const { toolCallId, tool, plan, title, objects, notes, arguments: own } = prepared.write
  if (!plan) throw new Error('only our own MCP server plans changes in read-only mode')
  const { cluster, asOf, command, identity } = plan
  const forPerson = {
    kind: 'plan' as const,
    title,
    cluster,
    asOf,
    objects,
    notes,
    ...(command !== undefined && { command }),
  }
  const durationMs = Math.round(performance.now() - startedAt)
  record({ call: toolCallId, tool, arguments: own, decision: 'planned', outcome: 'ok', durationMs, identity })
  return { status: 'ok', forModel: cutToTokens(planText(forPerson), maxTokens), forPerson, durationMs }
}
