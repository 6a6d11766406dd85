/** What we set ourselves in a call that may run, whatever the model wrote. */
import { knownTool } from '../../mcp/servers'
import type { Arguments, ServerId } from '../../mcp/servers'
import { HIDDEN_ARGUMENTS } from './arguments'

/** @param server whose tool it is; absent: the name alone tells */
export function withDefaults(tool: string, args: Arguments, server?: ServerId): Arguments {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !HIDDEN_ARGUMENTS.has(name)))
  return knownTool(tool, server)?.defaults?.(own) ?? own
}
