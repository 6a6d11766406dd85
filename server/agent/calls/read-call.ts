/** Runs a read: with the MCP server, or in the results that are kept of this conversation. */
import { msg } from '#shared/messages/create'
import type { ServerToolName } from '#shared/tool-names'
import { waitFor } from '#shared/wait-for'
import { FIND } from '../../mcp/servers/assistant'
import { FIND_LINE_TOKENS } from '../../results'
import type { KeptResults } from '../../results'
import type { ToolOutcome } from '../events'
import { runCall } from './run-call'
import type { RunOptions } from './run-call'
import { textOutcome } from './text-outcome'

/** Keeps a result that is too long for the model. */
export async function readCall(
  id: string,
  tool: ServerToolName,
  args: Record<string, unknown>,
  { results, ...options }: Omit<RunOptions, 'mutates'> & { results: KeptResults },
): Promise<ToolOutcome> {
  const { signal } = options
  const maxTokens = options.maxTokens - FIND_LINE_TOKENS
  // A stop does not wait for Redis.
  const unlessStopped = <T>(work: Promise<T>, otherwise: () => T) =>
    waitFor(work, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
      return otherwise()
    })
  if (tool !== FIND) {
    const outcome = await runCall(tool, args, { ...options, maxTokens })
    return await unlessStopped(results.keep(id, outcome), () => outcome)
  }
  const startedAt = performance.now()
  const elapsed = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  const found = results.find(args, maxTokens).then((result): ToolOutcome => ({ ...result, ...elapsed() }))
  return await unlessStopped(found, () => textOutcome('cancelled', msg('call-stopped'), elapsed()))
}
