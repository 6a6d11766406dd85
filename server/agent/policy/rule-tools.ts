/** The tools that the operator's file names must exist: a rule for a tool that is gone would protect nothing. */
import { knownTool, serverOf } from '../../mcp/servers'
import type { ServerId } from '../../mcp/servers'
import type { PolicyRules } from './rules'

/**
 * @param reads the server that the model reads with
 * @param changes the one of which it is offered only what writes
 * @returns in a sentence what is wrong; undefined if every tool exists
 */
export function missingRuleTool(
  { tools = {} }: PolicyRules,
  { reads, changes }: { reads: ServerId; changes: ServerId },
): string | undefined {
  const missing = Object.keys(tools).find((tool) => {
    const changing = knownTool(tool, changes)
    const isOffered = changing !== undefined && (changing.effect !== 'read' || changing.ban !== undefined)
    return !isOffered && knownTool(tool, reads) === undefined
  })
  if (missing === undefined) return undefined
  const instead = knownTool(missing)?.replacedBy
  const help =
    instead === undefined ? `Its tools are: ${namesOf(reads, changes).join(', ')}.` : `Name ${instead} instead.`
  return `tools.${missing}: no MCP server in use offers this tool. ${help}`
}

function namesOf(reads: ServerId, changes: ServerId): string[] {
  const writing = Object.entries(serverOf(changes)?.tools ?? {}).filter(([, { effect }]) => effect !== 'read')
  return [...Object.keys(serverOf(reads)?.tools ?? {}), ...writing.map(([name]) => name)]
}
