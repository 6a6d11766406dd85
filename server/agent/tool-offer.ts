/** Chooses the tools shown to the model: all allowed ones, or fewer and shorter ones in a small window. */
import { shortenTool } from '../mcp/toolbox/schema'
import { everydayArguments, knownTool } from '../mcp/servers'
import type { ToolEntry } from '../mcp/toolbox/types'
import type { ModelTool } from '../model/types'
import type { Policy } from './policy'
import { estimateTools } from './budget/estimate'

/** Maximum share of the window for tool definitions. */
const SHARE = 0.25

/** Rank of unranked tools: included while there is room. */
const LAST = Number.MAX_SAFE_INTEGER

export interface ToolOffer {
  tools: ModelTool[]
  /** `full`: the server's descriptions; `short`: shorter descriptions; `few`: some tools are also omitted. */
  extent: 'full' | 'short' | 'few'
  /** The smallest common window, in tokens, in which all fit in full. */
  windowForFull: number
}

/** @param windowTokens the context window */
export function offerTools(entries: readonly ToolEntry[], windowTokens: number, policy: Policy): ToolOffer {
  const offered = entries.filter((entry) => policy.isOffered(entry.name, entry.annotations, entry.server))
  const full = offered.map((entry) => entry.model)
  const room = windowTokens * SHARE
  const windowForFull = usualWindow(estimateTools(full) / SHARE)
  if (estimateTools(full) <= room) return { tools: full, extent: 'full', windowForFull }
  const short = offered.map(({ model, server }) => shortenTool(model, everydayArguments(server)))
  if (estimateTools(short) <= room) return { tools: short, extent: 'short', windowForFull }
  const few: ModelTool[] = []
  const byUse = offered
    .map(({ name, server }, at) => ({ tool: short[at], rank: knownTool(name, server)?.rank ?? LAST }))
    .sort((a, b) => a.rank - b.rank)
  for (const { tool } of byUse) if (tool && (few.length === 0 || estimateTools([...few, tool]) <= room)) few.push(tool)
  return { tools: few, extent: 'few', windowForFull }
}

/** The next power of two, at least 16,384: in a smaller window a few results already fill it. */
function usualWindow(tokens: number): number {
  return Math.max(16_384, 2 ** Math.ceil(Math.log2(Math.max(1, tokens))))
}
