/** What the parsers find in a raw result. It may still hold secrets: only clean-part.ts lets it out. */
import type { ResultPart } from '#shared/result'

/** Said for a result that holds nothing: an empty text would leave model and person wondering. */
export const NO_ROWS = '(no rows)'
export const NO_OUTPUT = '(no output)'

/** The kinds that are parsed from the text of other MCP servers; only our own server answers with the rest. */
export type ParsedPart = Extract<ResultPart, { kind: 'table' | 'log' | 'yaml' | 'text' }>

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
