/**
 * What a conversation's messages say of its turns. The id of a turn stands in the metadata of the question it answers, or
 * of the answer in which it goes on after an approval.
 */
import type { AppUIMessage } from '#shared/ui-message'
import { askedNow } from '../chat/askedNow'

/** The last turn that was begun, where it was asked for as one that can be taken up again. */
export function lastTurnId(messages: readonly AppUIMessage[]): string | undefined {
  const { continuesAt, turnId } = messages.at(-1)?.metadata ?? {}
  if (continuesAt !== undefined) return turnId
  return messages.findLast(({ role }) => role === 'user')?.metadata?.turnId
}

/** What a question carries: the turn that answers it, and when it was asked. */
export function questionMetadata(turnId: string): AppUIMessage['metadata'] {
  return { turnId, asked: askedNow() }
}

/** Names the turn that is about to answer the last question, in place of an earlier one. */
export function withTurn(messages: readonly AppUIMessage[], turnId: string): AppUIMessage[] {
  const question = messages.findLastIndex(({ role }) => role === 'user')
  return messages.map((message, index) =>
    index === question ? { ...message, metadata: questionMetadata(turnId) } : message,
  )
}

/** Whether the last question has no answer, or one whose end did not arrive: the server may have it still. */
export function isUnanswered(messages: readonly AppUIMessage[]): boolean {
  const last = messages.at(-1)
  if (!last || last.role === 'user') return last !== undefined
  return last.metadata?.finishReason === undefined || last.metadata.finishReason === 'lost'
}
