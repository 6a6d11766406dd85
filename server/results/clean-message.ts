import { quotedWords } from '#shared/messages/create'
import { isMessage } from '#shared/messages/message'
import type { Message, MessageValue, MessageValues } from '#shared/messages/message'
import { cleanText } from './clean-text'

/** Cleans a message and its parameters. If only the whole sentence reveals a credential, the parameters are dropped. */
export function cleanMessage({ code, params, text }: Message): Message {
  const clean = cleanText(text)
  const own = cleanParams(params)
  if (clean !== text && JSON.stringify(own) === JSON.stringify(params)) return quotedWords(clean)
  return { code, params: own, text: clean }
}

function cleanParams(params: MessageValues): MessageValues {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, cleanValue(value)]))
}

function cleanValue(value: MessageValue): MessageValue {
  if (typeof value === 'number') return value
  return isMessage(value) ? cleanMessage(value) : cleanText(value)
}
