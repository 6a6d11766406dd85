/** The reads after writes of a server that does not report the outcome. */
import type { ServerToolName } from '#shared/tool-names'
import { targetsOf } from '../mcp/servers/targets'
import { knownTool } from '../mcp/servers'
import type { ReadCall } from '../mcp/servers'
import { readOf } from './foreign'
import type { PreviewedCall } from './types'

/** Reads each object's row, or no row if it was deleted. Skips objects that cannot be shown, e.g. Secrets. */
export function readsAfter(calls: readonly PreviewedCall[]): ReadCall[] {
  const reads = calls.flatMap(({ tool, server, arguments: args }) => {
    return (tool.includes('helm') ? helmList(args) : rowOf(tool, server, args)) ?? []
  })
  return [...new Map(reads.map((read) => [JSON.stringify(read), read])).values()]
}

function rowOf(
  tool: ServerToolName,
  server: PreviewedCall['server'],
  args: Record<string, unknown>,
): ReadCall | undefined {
  const targets = targetsOf(knownTool(tool, server), args)
  return 'problem' in targets ? undefined : readOf(tool, server, targets)?.row
}

function helmList({ namespace }: Record<string, unknown>): ReadCall {
  return { tool: 'helm_list', arguments: typeof namespace === 'string' && namespace !== '' ? { namespace } : {} }
}
