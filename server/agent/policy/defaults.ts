/** Arguments that we set in every allowed call, overriding the model. */
import type { ServerToolName } from '#shared/tool-names'
import { knownTool } from '../../mcp/servers'
import type { Arguments, ServerId } from '../../mcp/servers'
import { HIDDEN_ARGUMENTS } from './arguments'

/** @param server the tool's server; if absent, the name decides */
export function withDefaults(tool: ServerToolName, args: Arguments, server?: ServerId): Arguments {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !HIDDEN_ARGUMENTS.has(name)))
  return knownTool(tool, server)?.defaults?.(own) ?? own
}
