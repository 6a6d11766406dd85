import { fillText } from './format'
import { isMessage } from './message'
import type { Message, MessageValues } from './message'

/** @param text the English text of the code */
export function fillMessage(code: string, text: string, params: MessageValues): Message {
  const filled = Object.entries(params).map(([name, value]) => [name, isMessage(value) ? value.text : value] as const)
  return { code, params, text: fillText(text, Object.fromEntries(filled)) }
}
