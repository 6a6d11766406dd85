/** The message about a write without a response. */
import type { ServerToolName } from '#shared/tool-names'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { z } from 'zod'
import { cleanMessage } from '../../results'
import type { RawToolResult } from '../../results/types'

/** Arguments by which both known servers name the changed object. */
const targetSchema = z.object({
  kind: z.string().optional().catch(undefined),
  resourceType: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  release: z.string().optional().catch(undefined),
  namespace: z.string().optional().catch(undefined),
})

/**
 * @param why why there is no response
 * @returns a result saying that the outcome is unknown, and how to check it
 */
export function unknownOutcome(tool: ServerToolName, args: Record<string, unknown>, why: Message): RawToolResult {
  const detail = cleanMessage(msg('mcp-outcome-unknown', { tool, why, target: target(tool, args) }))
  return { isError: true, outcomeUnknown: true, texts: [detail.text], detail }
}

/** E.g. `Deployment web in shop`. */
function target(tool: string, args: Record<string, unknown>): string | Message {
  const { kind, resourceType, name, release, namespace } = targetSchema.parse(args)
  const named = name ?? release
  if (named === undefined) return msg('mcp-target-any')
  const what = kind ?? resourceType ?? (tool.includes('helm') ? 'Helm release' : tool.includes('pod') ? 'Pod' : '')
  if (!namespace) return [what, named].filter(Boolean).join(' ')
  return msg('object-in-namespace', { kind: what || 'object', name: named, namespace })
}
