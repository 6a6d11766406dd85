/** The codes of messages, with those of the messages that they are put together from. */
import { isMessage } from '../../shared/messages/message'
import type { Message } from '../../shared/messages/message'

export function codesOf(messages: readonly Message[] = []): string[] {
  return messages.flatMap(({ code, params }) => [code, ...codesOf(Object.values(params).filter(isMessage))])
}
