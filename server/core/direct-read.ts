/** A read without the model: the tool's result under the user's policy, redacted and recorded like every other. */
import { randomUUID } from 'node:crypto'
import type { DirectRead } from '#shared/direct-read'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ResultPart } from '#shared/result'
import type { Policy } from '../agent/policy'
import type { CallRecord } from '../audit'
import { McpUnavailableError } from '../mcp/errors'
import type { McpLinks } from '../mcp/links/links'
import { cleanMessage, presentResult } from '../results'

export interface ReadAnswer {
  status: 200 | 400 | 403 | 404 | 502
  /** The tool's result; with another status a text. */
  result: ResultPart
}

/** The text for the model is not used. */
const MODEL_TOKENS = 100

const STATUS: Record<string, ReadAnswer['status']> = {
  'not-found': 404,
  'missing-namespace': 404,
  'unknown-kind': 404,
  forbidden: 403,
  'denied-by-operator': 403,
}

/** Calls a tool that the policy counts as a read; every other is refused, also where changes are allowed. */
export async function readDirectly(
  { tool, arguments: args }: DirectRead,
  {
    links,
    policy,
    record,
  }: { links: Pick<McpLinks, 'toolbox' | 'untilReady'>; policy: Policy; record: (call: CallRecord) => void },
  signal: AbortSignal,
): Promise<ReadAnswer> {
  const { toolbox } = links
  try {
    // At the start the tools are not listed yet.
    await links.untilReady(signal)
  } catch (error) {
    if (error instanceof McpUnavailableError) return refusal(502, cleanMessage(error.detail))
    throw error
  }
  const entry = toolbox.tools().find(({ name }) => name === tool)
  if (!entry) return refusal(404, msg('read-no-tool', { tool }))
  const decision = policy.decide(tool, args, entry.annotations, entry.server)
  const call = { call: randomUUID(), tool, arguments: args }
  if (decision.kind !== 'read') {
    record({ ...call, decision: 'denied', outcome: 'denied', durationMs: 0 })
    return refusal(403, decision.kind === 'denied' ? decision.reason : msg('read-not-a-read', { tool }))
  }
  const startedAt = performance.now()
  const raw = await toolbox.call(tool, args, { signal })
  const { status, forPerson } = await presentResult({ tool, arguments: args, raw, maxTokens: MODEL_TOKENS })
  record({ ...call, decision: 'read', outcome: status, durationMs: Math.round(performance.now() - startedAt) })
  if (status === 'ok') return { status: 200, result: forPerson }
  return { status: (forPerson.kind === 'text' && STATUS[forPerson.code ?? '']) || 502, result: forPerson }
}

/** A refusal as a text for the person. */
export function refusal(status: ReadAnswer['status'], { code, params, text }: Message): ReadAnswer {
  return { status, result: { kind: 'text', text, localized: { code, params } } }
}
