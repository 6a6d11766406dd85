/** The parsers' result. It may still contain secrets: only clean-part.ts lets it out. */
import { msg } from '#shared/messages/create'
import { localized } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import type { ResultPart } from '#shared/result'

/** Text of an empty result, so that model and user do not wonder. */
export const NO_ROWS = msg('no-rows')
export const NO_OUTPUT = msg('no-output')

/** The kinds that are parsed from the text of other MCP servers; only our own server answers with the rest. */
export type ParsedPart = Extract<ResultPart, { kind: 'table' | 'log' | 'yaml' | 'text' }>

export interface Reading {
  status: 'ok' | 'error'
  part: ParsedPart
}

/** @param words the server's own, or ours about them */
export function okText(words: string | Message): Reading {
  return { status: 'ok', part: textPart(words) }
}

/** @param words the server's own, or ours about them */
export function errorText(words: string | Message): Reading {
  return { status: 'error', part: textPart(words) }
}

export function textPart(words: string | Message): ParsedPart {
  return typeof words === 'string'
    ? { kind: 'text', text: words }
    : { kind: 'text', text: words.text, localized: localized(words) }
}
