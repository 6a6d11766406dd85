/** Runs one call, whatever comes of it: every call gets exactly one outcome. */
import type { ToolStatus } from '#shared/result'
import type { Toolbox } from '../mcp/types'
import { cleanText, presentResult } from '../results'
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
  const elapsed = () => Math.round(performance.now() - startedAt)
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

/** An outcome that is words of ours. */
export function said(status: ToolStatus, text: string, durationMs = 0): ToolOutcome {
  return { status, forModel: text, forPerson: { kind: 'text', text }, durationMs }
}
