/**
 * States as messages. They have their own texts, since the page reads the tables of other MCP servers and must not load
 * the whole catalogue in English.
 */
import texts from '../../../i18n/locales/en/messages/health.json'
import { fillMessage } from '../../messages/fill'
import type { Message, MessageValues } from '../../messages/message'
import type { MessageParams } from '../../messages/params'

type StateCode = keyof typeof texts
type Given<C extends StateCode> = C extends StateCode ? MessageParams[C] : never

/** @param params the parameters of its text, if any */
export function state<C extends StateCode>(
  code: C,
  ...[params]: Record<never, never> extends Given<C> ? [params?: MessageValues] : [params: Given<C>]
): Message {
  return fillMessage(code, texts[code], { ...params })
}

/** Words of the cluster, such as a condition's message. */
export function clusterWords(words: string): Message {
  return { code: 'words', params: { words }, text: words }
}

/** `0 of 1 done, 1 active` */
export function allOf(first: Message, ...[second, ...others]: Message[]): Message {
  return second ? state('state-and', { first, rest: allOf(second, ...others) }) : first
}
