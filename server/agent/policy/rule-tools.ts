/** Checks that the tools in the operator's file exist: a rule for a missing tool would protect nothing. */
import { serverToolNameSchema } from '#shared/tool-names'
import { knownTool, OWN_SERVER, serverOf } from '../../mcp/servers'
import type { PolicyRules } from './rules'

/**
 * @param added names of tools used in addition to our own server's
 * @returns the problem as a sentence; undefined if every tool exists
 */
export function missingRuleTool({ tools = {} }: PolicyRules, added: readonly string[] = []): string | undefined {
  const names = [...Object.keys(serverOf(OWN_SERVER)?.tools ?? {}), ...added]
  const missing = Object.keys(tools).find((tool) => !names.includes(tool))
  if (missing === undefined) return undefined
  const instead = knownTool(serverToolNameSchema.parse(missing))?.replacedBy
  const help = instead === undefined ? `Its tools are: ${names.join(', ')}.` : `Name ${instead} instead.`
  return `tools.${missing}: no MCP server in use offers this tool. ${help}`
}
