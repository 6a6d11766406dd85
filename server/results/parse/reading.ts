/** The parsers' result. It may still contain secrets: only clean-part.ts lets it out. */
import type { ResultPart } from '#shared/result'

/** Text of an empty result, so that model and user do not wonder. */
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
