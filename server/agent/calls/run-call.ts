/** Runs one call: every call gets exactly one outcome. */
import type { ServerToolName } from '#shared/tool-names'
import type { ChangePhase, ChangeOutcome, ChangePlan } from '#shared/changes/change'
import { detailOf, msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ToolStatus } from '#shared/result'
import { detailOfResult, runChange } from '../../mcp/toolbox/change-phases'
import type { Toolbox } from '../../mcp/toolbox/types'
import { cleanMessage, cleanOutcome, cutToTokens, outcomeText, presentResult } from '../../results'
import type { ToolOutcome } from '../events'
import { textOutcome } from './text-outcome'

export interface RunOptions {
  toolbox: Toolbox
  /** Maximum tokens of the text for the model. */
  maxTokens: number
  signal: AbortSignal
  /** The call was approved and changes something. */
  mutates?: true
}

/**
 * @param args exactly the arguments to run
 */
export async function runCall(
  tool: ServerToolName,
  args: Record<string, unknown>,
  options: RunOptions,
): Promise<ToolOutcome> {
  const { toolbox, maxTokens, signal, mutates } = options
  const startedAt = performance.now()
  const elapsed = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  try {
    const raw = await toolbox.call(tool, args, { signal, ...(mutates && { mutates }) })
    if (raw.outcomeUnknown) return textOutcome('unknown', cleanMessage(detailOfResult(raw)), elapsed())
    const result = await presentResult({ tool, arguments: args, raw, maxTokens })
    return { ...result, ...elapsed() }
  } catch (error) {
    if (signal.aborted) return textOutcome('cancelled', msg('call-stopped'), elapsed())
    return textOutcome('error', cleanMessage(detailOf(error)), elapsed())
  }
}

export interface RanChange {
  outcome: ToolOutcome
  /** The cluster has changed, and nothing was done. */
  next?: ChangePlan
  /** The cluster or server refused all or part of it. */
  isRefused: boolean
}

const STATUS: Record<ChangeOutcome['status'], ToolStatus> = {
  done: 'ok',
  partly: 'error',
  refused: 'error',
  changed: 'error',
  unknown: 'unknown',
}

/** Runs an approved plan of our own server, which reports the outcome itself. */
export async function runPlanned(
  tool: ServerToolName,
  args: Record<string, unknown>,
  phase: Extract<ChangePhase, { phase: 'run' }>,
  { toolbox, maxTokens, signal }: Omit<RunOptions, 'mutates'>,
): Promise<RanChange> {
  const startedAt = performance.now()
  const elapsed = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  try {
    const ran = await runChange(toolbox, tool, args, phase, signal)
    switch (ran.kind) {
      case 'unknown':
        return { outcome: textOutcome('unknown', cleanMessage(ran.detail), elapsed()), isRefused: true }
      case 'refused':
        return { outcome: textOutcome('error', notRun(cleanMessage(ran.note)), elapsed()), isRefused: true }
      case 'outcome': {
        const { plan, status } = ran.outcome
        const forPerson = cleanOutcome(ran.outcome)
        const forModel = cutToTokens(outcomeText(forPerson), maxTokens)
        const outcome = { status: STATUS[status], forModel, forPerson, ...elapsed() }
        const isRefused = status === 'refused' || status === 'partly' || status === 'unknown'
        return { outcome, isRefused, ...(status === 'changed' && plan && { next: plan }) }
      }
    }
  } catch (error) {
    if (signal.aborted)
      return { outcome: textOutcome('cancelled', msg('call-stopped-unsent'), elapsed()), isRefused: true }
    return { outcome: textOutcome('error', cleanMessage(detailOf(error)), elapsed()), isRefused: true }
  }
}

function notRun(reason: Message): Message {
  return msg('call-not-run', { reason })
}
