/** What the parsers find in a raw result. It may still hold secrets: only clean-part.ts lets it out. */
import type { ObjectResult, OutcomeResult, PlanResult, ResultPart } from '#shared/result'

/** Said for a result that holds nothing: an empty text would leave model and person wondering. */
export const NO_ROWS = '(no rows)'
export const NO_OUTPUT = '(no output)'

/** An `object` or an `outcome` is never parsed from text: only our own MCP server answers with one. */
export type ParsedPart = Exclude<ResultPart, ObjectResult | OutcomeResult | PlanResult>

export interface Reading {
  status: 'ok' | 'error'
  part: ParsedPart
}

export function okText(text: string): Reading {
  return { status: 'ok', part: { kind: 'text', text } }
}

export function errorText(text: string): Reading {
  return { status: 'error', part: { kind: 'text', text } }
}
