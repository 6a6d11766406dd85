/** Runs one call, whatever comes of it: every call gets exactly one outcome. */
import type { ChangePhase, ChangeOutcome, ChangePlan } from '#shared/change'
import type { ToolStatus } from '#shared/result'
import { runChange } from '../mcp/toolbox/change-phases'
import type { Toolbox } from '../mcp/toolbox/types'
import { cleanOutcome, cleanText, outcomeText, presentResult } from '../results'
import type { ToolOutcome } from './events'

export interface RunOptions {
  toolbox: Toolbox
  /** Bound of the text for the model. */
  maxChars: number
  signal: AbortSignal
  /** It was approved, and changes something. */
  mutates?: true
}

/**
 * @param tool the MCP server's own name
 * @param args what runs, to the letter
 */
export async function runCall(tool: string, args: Record<string, unknown>, options: RunOptions): Promise<ToolOutcome> {
  const { toolbox, maxChars, signal, mutates } = options
  const startedAt = performance.now()
  const elapsed = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  try {
    const raw = await toolbox.call(tool, args, { signal, ...(mutates && { mutates }) })
    if (raw.outcomeUnknown) return said('unknown', cleanText(raw.texts.join('\n')), elapsed())
    const result = await presentResult({ tool, arguments: args, raw, maxChars })
    return { ...result, durationMs: elapsed() }
  } catch (error) {
    if (signal.aborted) return said('cancelled', 'The call was stopped before it had a result.', elapsed())
    return said('error', cleanText(error instanceof Error ? error.message : String(error)), elapsed())
  }
}

export interface RanChange {
  outcome: ToolOutcome
  /** The cluster shows something else by now, and nothing was done. */
  next?: ChangePlan
  /** The cluster or the server has refused it, or a part of it. */
  isRefused: boolean
}

const STATUS: Record<ChangeOutcome['status'], ToolStatus> = {
  done: 'ok',
  partly: 'error',
  refused: 'error',
  changed: 'error',
  unknown: 'unknown',
}

/** Runs what our own server has planned and a person has approved: what came of it is read by the server itself. */
export async function runPlanned(
  tool: string,
  args: Record<string, unknown>,
  phase: Extract<ChangePhase, { phase: 'run' }>,
  { toolbox, maxChars, signal }: Omit<RunOptions, 'mutates'>,
): Promise<RanChange> {
  const startedAt = performance.now()
  const elapsed = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  try {
    const ran = await runChange(toolbox, tool, args, phase, signal)
    switch (ran.kind) {
      case 'unknown':
        return { outcome: said('unknown', cleanText(ran.text), elapsed()), isRefused: true }
      case 'refused':
        return { outcome: said('error', cleanText(`Not run: ${ran.note.text}`), elapsed()), isRefused: true }
      case 'outcome': {
        const { plan, status } = ran.outcome
        const forPerson = cleanOutcome(ran.outcome)
        const forModel = outcomeText(forPerson).slice(0, maxChars)
        const outcome = { status: STATUS[status], forModel, forPerson, durationMs: elapsed() }
        const isRefused = status === 'refused' || status === 'partly' || status === 'unknown'
        return { outcome, isRefused, ...(status === 'changed' && plan && { next: plan }) }
      }
    }
  } catch (error) {
    if (signal.aborted)
      return { outcome: said('cancelled', 'The call was stopped before it was sent.', elapsed()), isRefused: true }
    const words = error instanceof Error ? error.message : String(error)
    return { outcome: said('error', cleanText(words), elapsed()), isRefused: true }
  }
}

/** An outcome that is words of ours. */
export function said(status: ToolStatus, text: string, durationMs = 0): ToolOutcome {
  return { status, forModel: text, forPerson: { kind: 'text', text }, durationMs }
}
