/** What a scripted model writes in one step, and how it reaches the assistant. */
import { z } from 'zod'
import { answer as empty } from '../../../../tests/support/ollama'
import type { Answer } from '../../../../tests/support/ollama'

const callSchema = z.strictObject({
  name: z.string(),
  /** A text is sent as it is, and may be broken JSON. */
  arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).default({}),
})

export const outputSchema = z.strictObject({
  reasoning: z.string().optional(),
  text: z.string().optional(),
  calls: z.array(callSchema).default([]),
  /** `finish_reason` instead of the usual one. */
  finish: z.string().optional(),
  /** The stream breaks off, as Ollama's does for a call that it cannot parse. */
  cut: z.boolean().default(false),
  /** An error instead of an answer. */
  error: z.strictObject({ status: z.int(), message: z.string() }).optional(),
})
export type Output = z.output<typeof outputSchema>

export function toAnswer({ reasoning, text, calls, finish, cut, error }: Output): Answer {
  if (error) return empty.error(error.status, error.message)
  let answer = reasoning === undefined ? empty : empty.reasoning(reasoning)
  if (text !== undefined) answer = answer.text(text)
  for (const call of calls) answer = answer.toolCall(call.name, call.arguments)
  if (finish !== undefined) answer = answer.finish(finish)
  return cut ? answer.cutOff() : answer
}
