/** Runs a read: with the MCP server, or in the results that are kept of this conversation. */
import type { ServerToolName } from '#shared/tool-names'
import { FIND } from '../../mcp/servers/assistant'
import { FIND_LINE_TOKENS } from '../../results'
import type { KeptResults } from '../../results'
import type { ToolOutcome } from '../events'
import { runCall } from './run-call'
import type { RunOptions } from './run-call'

/** Keeps a result that is too long for the model. */
export async function readCall(
  id: string,
  tool: ServerToolName,
  args: Record<string, unknown>,
  { results, ...options }: Omit<RunOptions, 'mutates'> & { results: KeptResults },
): Promise<ToolOutcome> {
  const maxTokens = options.maxTokens - FIND_LINE_TOKENS
  if (tool !== FIND) return await results.keep(id, await runCall(tool, args, { ...options, maxTokens }))
  const startedAt = performance.now()
  const found = await results.find(args, maxTokens)
  return { ...found, durationMs: Math.round(performance.now() - startedAt) }
}
