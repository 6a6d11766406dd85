/** Answers that were replaced by another one: kept with their question, and not posted. */
import type { AppUIMessage } from '#shared/chat/ui-message'
import { messageText } from '../chat/messages'

/** Of one question. */
const MAX_EARLIER = 4

/** Keeps the last answer with its question before it is replaced; an empty one is dropped. */
export function keepLastAnswer(messages: readonly AppUIMessage[]): AppUIMessage[] {
  const answer = messages.at(-1)
  const question = messages.at(-2)
  if (answer?.role !== 'assistant' || question?.role !== 'user' || messageText(answer) === '') return [...messages]
  const others = question.parts.filter(({ type }) => type !== 'data-earlier')
  const earlier = [...earlierAnswers(question), answer].slice(-MAX_EARLIER)
  const parts = earlier.map((message) => ({ type: 'data-earlier' as const, data: { message } }))
  return [...messages.slice(0, -2), { ...question, parts: [...others, ...parts] }, answer]
}

/** The earlier answers to a question, oldest first. */
export function earlierAnswers(question: AppUIMessage | undefined): AppUIMessage[] {
  return question?.parts.flatMap((part) => (part.type === 'data-earlier' ? [part.data.message] : [])) ?? []
}
