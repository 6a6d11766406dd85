/** Plans and runs changes through the MCP program as the application does, with the phase in `_meta`. */
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { CHANGE_META, changeOutcomeSchema, changePlanSchema } from '../../../shared/changes/change'
import type { ChangeOutcome, ChangePhase, ChangePlan } from '../../../shared/changes/change'
import { toolDataSchema } from '../../../shared/result'
import { codesOf } from '../../support/message-codes'
import type { McpSession } from '../../support/mcp/program'

export interface ChangeCall {
  tool: string
  args: Record<string, unknown>
}

/** The outcome of a run. `failed`: the call returned an error, so nothing was done. */
export interface RunAnswer {
  status: ChangeOutcome['status'] | 'failed'
  /** Codes of all notes, or of the error. */
  codes: string[]
  text: string
  outcome: ChangeOutcome | undefined
}

/** The program refused to plan the change. */
export class PlanRefused extends Error {
  readonly code: string

  constructor(tool: string, code: string, text: string) {
    super(`${tool} was not planned: ${code}: ${text}`)
    this.code = code
  }
}

const CALL_MS = 120_000

/** @throws PlanRefused; McpError if the program ended */
export async function planCall(session: McpSession, { tool, args }: ChangeCall): Promise<ChangePlan> {
  const { data, text } = await callInPhase(session, tool, args, { phase: 'plan' })
  const plan = changePlanSchema.safeParse(data)
  if (plan.success) return plan.data
  throw new PlanRefused(tool, codeOf(data), text)
}

/**
 * Runs a plan.
 * @throws McpError if the program ended
 */
export async function runCall(session: McpSession, tool: string, plan: ChangePlan): Promise<RunAnswer> {
  const { identity, digest } = plan
  const { data, text } = await callInPhase(session, tool, plan.arguments, { phase: 'run', identity, digest })
  const parsed = changeOutcomeSchema.safeParse(data)
  if (!parsed.success) return { status: 'failed', codes: [codeOf(data)], text, outcome: undefined }
  const outcome = parsed.data
  const notes = [...outcome.notes, ...outcome.objects.flatMap((each) => each.notes)]
  return { status: outcome.status, codes: codesOf(notes), text, outcome }
}

async function callInPhase({ client }: McpSession, name: string, args: Record<string, unknown>, phase: ChangePhase) {
  const params = { name, arguments: args, _meta: { [CHANGE_META]: phase } }
  const reply = await client.request({ method: 'tools/call', params }, CallToolResultSchema, { timeout: CALL_MS })
  const text = reply.content.map((each) => (each.type === 'text' ? each.text : '')).join('\n')
  return { data: reply.structuredContent, text }
}

function codeOf(data: unknown): string {
  const parsed = toolDataSchema.safeParse(data)
  return (parsed.success && parsed.data.kind === 'text' && parsed.data.code) || 'unknown'
}
