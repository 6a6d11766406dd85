/** The two phases of a change by our own MCP server: see `shared/change.ts`. */
import { z } from 'zod'
import { changeOutcomeSchema, changePlanSchema, changeSplitSchema } from '#shared/change'
import type { ChangeOutcome, ChangePhase, ChangePlan } from '#shared/change'
import { resultNoteSchema, textResultSchema } from '#shared/result'
import type { ResultNote } from '#shared/result'
import type { RawToolResult } from '../../results/types'
import { unknownOutcome } from './outcome'
import type { Arguments } from '../servers'
import type { Toolbox } from './types'

/** Why nothing was done. */
export interface Refusal {
  kind: 'refused'
  note: ResultNote
}

export type Planned =
  | { kind: 'plan'; plan: ChangePlan }
  /** The request is about several objects: a call for each, in this order. */
  | { kind: 'split'; calls: Arguments[] }
  | Refusal

export type Ran =
  | { kind: 'outcome'; outcome: ChangeOutcome }
  | Refusal
  /** It may have run. */
  | { kind: 'unknown'; text: string }

const plannedSchema = z.discriminatedUnion('kind', [changePlanSchema, changeSplitSchema])

/** What the call would change. Changes nothing. @throws the signal's reason */
export async function planChange(
  toolbox: Toolbox,
  tool: string,
  args: Arguments,
  signal: AbortSignal,
): Promise<Planned> {
  const raw = await toolbox.call(tool, args, { signal, change: { phase: 'plan' } })
  const planned = plannedSchema.safeParse(raw.structuredContent)
  if (raw.isError || !planned.success) return refusal(raw)
  const { data } = planned
  return data.kind === 'plan' ? { kind: 'plan', plan: data } : { kind: 'split', calls: data.calls }
}

/** Runs what was planned and approved. Sent once; throws nothing but for a signal that was aborted before it was sent. */
export async function runChange(
  toolbox: Toolbox,
  tool: string,
  args: Arguments,
  phase: Extract<ChangePhase, { phase: 'run' }>,
  signal: AbortSignal,
): Promise<Ran> {
  const raw = await toolbox.call(tool, args, { signal, mutates: true, change: phase })
  if (raw.outcomeUnknown) return { kind: 'unknown', text: raw.texts.join('\n') }
  const outcome = changeOutcomeSchema.safeParse(raw.structuredContent)
  if (outcome.success) return { kind: 'outcome', outcome: outcome.data }
  // It answers an error only if nothing was changed, unless it is a defect; what nobody can read says nothing.
  const error = errorSchema.safeParse(raw.structuredContent).data
  if (raw.isError && (raw.structuredContent === undefined || (error && error.code !== 'internal'))) return refusal(raw)
  const { texts } = unknownOutcome(tool, args, 'the answer of the MCP server cannot be read')
  return { kind: 'unknown', text: texts.join('\n') }
}

const errorSchema = textResultSchema.extend({ code: z.string() })

function refusal({ texts, structuredContent }: RawToolResult): Refusal {
  const error = errorSchema.safeParse(structuredContent)
  if (!error.success) {
    const text = texts.join('\n').trim() || 'The MCP server gave no plan of the change.'
    return { kind: 'refused', note: { code: 'no-plan', params: {}, text } }
  }
  const { code, params = {}, text } = error.data
  return { kind: 'refused', note: resultNoteSchema.parse({ code, params, text }) }
}
