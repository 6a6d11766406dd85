/**
 * Creates messages on the server and in the MCP program. The page does not import this: it loads only its language's
 * texts.
 */
import { englishTexts } from './english'
import { LocalizedError } from './error'
import { fillMessage } from './fill'
import type { Message, MessageValues } from './message'
import type { MessageParams } from './params'

export type MessageCode = keyof MessageParams

type Given<C extends MessageCode> = C extends MessageCode ? MessageParams[C] : never

/**
 * Creates a message from the catalogue.
 * @param params the parameters of its text, if any
 */
export function msg<C extends MessageCode>(
  code: C,
  ...[params]: Record<never, never> extends Given<C> ? [params?: MessageValues] : [params: Given<C>]
): Message {
  return uncheckedMsg(code, { ...params })
}

/** Text from outside, such as an API server's message, shown unchanged. */
export function quotedWords(words: string): Message {
  return msg('words', { words })
}

/** Joins two sentences. */
export function both(first: Message, second: Message | undefined): Message {
  return second ? msg('both', { first, second }) : first
}

/** The user-facing message of an error. */
export function detailOf(error: unknown): Message {
  if (error instanceof LocalizedError) return error.detail
  return quotedWords(error instanceof Error ? error.message : String(error))
}

/** The same where the code is put together, or has come back from a client: the parameters are not checked. */
export function uncheckedMsg(code: MessageCode, params: MessageValues): Message {
  return fillMessage(code, englishTexts[code], params)
}
