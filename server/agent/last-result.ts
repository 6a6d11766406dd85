/** Which result a call came after: who approves a write sees what may have led to it. */
import { z } from 'zod'
import type { ModelMessage } from '../model/types'

/** The arguments by which both known servers say what they read. */
const namedSchema = z
  .object({ namespace: z.string(), name: z.string(), resourceType: z.string(), kind: z.string() })
  .partial()
  .catch({})

/** @returns e.g. `pods_log · shop/cart-6d5`; undefined where the question came last */
export function lastResult(messages: readonly ModelMessage[]): string | undefined {
  const last = messages.findLast((message) => message.role === 'tool' || message.role === 'user')
  if (last?.role !== 'tool') return undefined
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  const call = calls.findLast(({ id }) => id === last.toolCallId)
  const { namespace, name, resourceType, kind } = namedSchema.parse(call ? JSON.parse(call.arguments) : {})
  const what = [resourceType ?? kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).join(' ')
  return what ? `${last.name} · ${what}` : last.name
}
