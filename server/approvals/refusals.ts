/** Sentences about a write that did not run. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { cleanText } from '../results'

export function notRun(reason: Message): Message {
  return msg('call-not-run', { reason })
}

export function notValid(why: Message): Message {
  return msg('approval-not-valid', { why })
}

export function declined(given: string | undefined): Message {
  const reason = given?.trim()
  return reason ? msg('approval-declined-why', { reason: cleanText(reason) }) : msg('approval-declined')
}
