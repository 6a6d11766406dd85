/** What is said of a write whose answer never came. */
import { z } from 'zod'
import { cleanText } from '../../results'
import type { RawToolResult } from '../../results/types'

/** The arguments by which both known servers name what they change. */
const targetSchema = z.object({
  kind: z.string().optional().catch(undefined),
  resourceType: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  release: z.string().optional().catch(undefined),
  namespace: z.string().optional().catch(undefined),
})

/**
 * @param why in words, what kept the answer away
 * @returns a result that says that it is not known whether the call had its effect, and what to look at
 */
export function unknownOutcome(tool: string, args: Record<string, unknown>, why: string): RawToolResult {
  const text =
    `The outcome of ${tool} is unknown: ${why}. It may have run, and it was not repeated. ` +
    `Look at ${target(tool, args)} before you decide whether to do it again.`
  return { isError: true, outcomeUnknown: true, texts: [cleanText(text)] }
}

/** E.g. `Deployment web in namespace shop`. */
function target(tool: string, args: Record<string, unknown>): string {
  const { kind, resourceType, name, release, namespace } = targetSchema.parse(args)
  const named = name ?? release
  if (named === undefined) return 'what it was to change'
  const what = kind ?? resourceType ?? (tool.includes('helm') ? 'the Helm release' : tool.includes('pod') ? 'Pod' : '')
  return [what, named, namespace && `in namespace ${namespace}`].filter(Boolean).join(' ')
}
