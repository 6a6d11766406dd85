/**
 * The turns of a conversation's messages. A turn's id is in the metadata of its question, or of the answer that it
 * continues after an approval.
 */
import type { AppUIMessage } from '#shared/chat/ui-message'
import { askedNow } from '../chat/askedNow'
import type { TurnContext } from '../scope/turnContext'
import { createTurnId } from './turnId'

export type NewTurn = NonNullable<AppUIMessage['metadata']> & { turnId: string }

/** The last started turn, if it can be resumed. */
export function lastTurnId(messages: readonly AppUIMessage[]): string | undefined {
  const { continuesAt, turnId } = messages.at(-1)?.metadata ?? {}
  if (continuesAt !== undefined) return turnId
  return messages.findLast(({ role }) => role === 'user')?.metadata?.turnId
}

/** The metadata of a new turn: its id, its time, and what it is about beside its words. */
export function createTurn(about: TurnContext = {}): NewTurn {
  return { turnId: createTurnId(), asked: { ...askedNow(), ...about } }
}

/** Sets the id of the turn that is about to answer the last question again, which still means what it meant. */
export function withTurn(messages: readonly AppUIMessage[], metadata: NewTurn): AppUIMessage[] {
  const question = messages.findLastIndex(({ role }) => role === 'user')
  return messages.map((message, index) =>
    index === question ? { ...message, metadata: again(message, metadata) } : message,
  )
}

function again({ metadata: before }: AppUIMessage, { asked, ...turn }: NewTurn): NewTurn {
  if (!asked) return turn
  const { time, zone } = asked
  return { ...turn, asked: { ...before?.asked, time, zone } }
}

/** Whether the last question has no complete answer: the server may still have it. */
export function isUnanswered(messages: readonly AppUIMessage[]): boolean {
  const last = messages.at(-1)
  if (!last || last.role === 'user') return last !== undefined
  return last.metadata?.finishReason === undefined || last.metadata.finishReason === 'lost'
}
