/** The two phases of a change by our own MCP server: see `shared/changes/change.ts`. */
import type { ServerToolName } from '#shared/tool-names'
import { z } from 'zod'
import { msg, quotedWords } from '#shared/messages/create'
import { messageFrom } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import { changeOutcomeSchema, changePlanSchema, changeSplitSchema } from '#shared/changes/change'
import type { ChangeOutcome, ChangePhase, ChangePlan } from '#shared/changes/change'
import { textResultSchema } from '#shared/result'
import type { ResultNote } from '#shared/result'
import type { RawToolResult } from '../../results/types'
import { unknownOutcome } from './outcome'
import type { Arguments } from '../servers'
import type { Toolbox } from './types'

/** Why nothing was done. */
export interface Refusal {
  kind: 'refused'
  note: ResultNote
  /** Code of our own server's error, e.g. `missing-namespace`. */
  code?: string
}

export type Planned =
  | { kind: 'plan'; plan: ChangePlan }
  /** A request for several objects: one call each, in this order. */
  | { kind: 'split'; calls: Arguments[] }
  | Refusal

export type Ran =
  | { kind: 'outcome'; outcome: ChangeOutcome }
  | Refusal
  /** It may have run. */
  | { kind: 'unknown'; detail: Message }

const plannedSchema = z.discriminatedUnion('kind', [changePlanSchema, changeSplitSchema])

/**
 * Plans a call without changing anything.
 * @throws the signal's reason
 */
export async function planChange(
  toolbox: Toolbox,
  tool: ServerToolName,
  args: Arguments,
  signal: AbortSignal,
): Promise<Planned> {
  const raw = await toolbox.call(tool, args, { signal, change: { phase: 'plan' } })
  const planned = plannedSchema.safeParse(raw.structuredContent)
  if (raw.isError || !planned.success) return refusal(raw)
  const { data } = planned
  return data.kind === 'plan' ? { kind: 'plan', plan: data } : { kind: 'split', calls: data.calls }
}

/** Runs an approved plan, sent once. Throws only if the signal was aborted before sending. */
export async function runChange(
  toolbox: Toolbox,
  tool: ServerToolName,
  args: Arguments,
  phase: Extract<ChangePhase, { phase: 'run' }>,
  signal: AbortSignal,
): Promise<Ran> {
  const raw = await toolbox.call(tool, args, { signal, mutates: true, change: phase })
  if (raw.outcomeUnknown) return { kind: 'unknown', detail: detailOfResult(raw) }
  const outcome = changeOutcomeSchema.safeParse(raw.structuredContent)
  if (outcome.success) return { kind: 'outcome', outcome: outcome.data }
  // The server returns an error only if nothing was changed, unless it is a bug; an unreadable response says nothing.
  const error = errorSchema.safeParse(raw.structuredContent).data
  if (raw.isError && (raw.structuredContent === undefined || (error && error.code !== 'internal'))) return refusal(raw)
  return { kind: 'unknown', detail: detailOfResult(unknownOutcome(tool, args, msg('mcp-answer-unreadable'))) }
}

const errorSchema = textResultSchema.extend({ code: z.string() })

function refusal(raw: RawToolResult): Refusal {
  const error = errorSchema.safeParse(raw.structuredContent).data
  if (!error) return { kind: 'refused', note: detailOfResult(raw) }
  const { code, text, localized } = error
  return { kind: 'refused', note: messageFrom(text, localized), code }
}

export function detailOfResult({ detail, texts }: RawToolResult): Message {
  const text = texts.join('\n').trim()
  return detail ?? (text === '' ? msg('mcp-no-plan') : quotedWords(text))
}
