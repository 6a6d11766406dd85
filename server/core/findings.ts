/** A diagnosis without the model: the tool `diagnose` under the user's policy, redacted like every result. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ResultPart } from '#shared/result'
import { serverToolNameSchema } from '#shared/tool-names'
import type { Policy } from '../agent/policy'
import type { CallRecord } from '../audit'
import { McpUnavailableError } from '../mcp/errors'
import type { McpLinks } from '../mcp/links/links'
import { cleanMessage, presentResult } from '../results'

export const findingsQuerySchema = z.object({
  /** Absent: all namespaces. */
  namespace: z.string().max(253).optional(),
  /** Kind of the object, e.g. `deployment`. */
  resource: z.string().max(253).optional(),
  name: z.string().max(253).optional(),
})
export type FindingsQuery = z.infer<typeof findingsQuerySchema>

export interface FindingsAnswer {
  status: 200 | 403 | 404 | 502
  /** The findings; with another status a text. */
  result: ResultPart
}

const TOOL = serverToolNameSchema.parse('diagnose')

/** The text for the model is not used. */
const MODEL_TOKENS = 100

const STATUS: Record<string, FindingsAnswer['status']> = {
  'not-found': 404,
  'missing-namespace': 404,
  'unknown-kind': 404,
  forbidden: 403,
  'denied-by-operator': 403,
}

export async function readFindings(
  query: FindingsQuery,
  {
    links,
    policy,
    record,
  }: { links: Pick<McpLinks, 'toolbox' | 'untilReady'>; policy: Policy; record: (call: CallRecord) => void },
  signal: AbortSignal,
): Promise<FindingsAnswer> {
  const { toolbox } = links
  try {
    // At the start the tools are not listed yet.
    await links.untilReady(signal)
  } catch (error) {
    if (error instanceof McpUnavailableError) return refusal(502, cleanMessage(error.detail))
    throw error
  }
  const entry = toolbox.tools().find(({ name }) => name === TOOL)
  if (!entry) return refusal(404, msg('findings-no-tool'))
  const decision = policy.decide(TOOL, query, entry.annotations, entry.server)
  const call = { call: randomUUID(), tool: TOOL, arguments: query }
  if (decision.kind !== 'read') {
    record({ ...call, decision: 'denied', outcome: 'denied', durationMs: 0 })
    return refusal(403, decision.reason)
  }
  const startedAt = performance.now()
  const raw = await toolbox.call(TOOL, query, { signal })
  const { status, forPerson } = await presentResult({ tool: TOOL, arguments: query, raw, maxTokens: MODEL_TOKENS })
  record({ ...call, decision: 'read', outcome: status, durationMs: Math.round(performance.now() - startedAt) })
  if (status === 'ok') return { status: 200, result: forPerson }
  return { status: (forPerson.kind === 'text' && STATUS[forPerson.code ?? '']) || 502, result: forPerson }
}

function refusal(status: FindingsAnswer['status'], { code, params, text }: Message): FindingsAnswer {
  return { status, result: { kind: 'text', text, localized: { code, params } } }
}
