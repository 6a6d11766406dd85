/**
 * What a conversation's messages say of its turns. The id of a turn stands in the metadata of the question it answers, or
 * of the answer that it continues after an approval.
 */
import type { AppUIMessage } from '#shared/ui-message'
import { askedNow } from '../chat/askedNow'
import { createTurnId } from './turnId'

export type NewTurn = NonNullable<AppUIMessage['metadata']> & { turnId: string }

/** The last turn that was begun, if it can be resumed. */
export function lastTurnId(messages: readonly AppUIMessage[]): string | undefined {
  const { continuesAt, turnId } = messages.at(-1)?.metadata ?? {}
  if (continuesAt !== undefined) return turnId
  return messages.findLast(({ role }) => role === 'user')?.metadata?.turnId
}

/** What a turn that is about to start carries: a new id, and when it was asked. */
export function createTurn(): NewTurn {
  return { turnId: createTurnId(), asked: askedNow() }
}

/** Names the turn that is about to answer the last question, in place of an earlier one. */
export function withTurn(messages: readonly AppUIMessage[], metadata: NewTurn): AppUIMessage[] {
  const question = messages.findLastIndex(({ role }) => role === 'user')
  return messages.map((message, index) => (index === question ? { ...message, metadata } : message))
}

/** Whether the last question has no answer, or one whose end did not arrive: the server may have it still. */
export function isUnanswered(messages: readonly AppUIMessage[]): boolean {
  const last = messages.at(-1)
  if (!last || last.role === 'user') return last !== undefined
  return last.metadata?.finishReason === undefined || last.metadata.finishReason === 'lost'
}
