/** Which results a call came after: who approves a write sees what may have led to it. */
import { z } from 'zod'
import type { ModelMessage } from '../model/types'
import { sanitizeText } from '../results'

/** The arguments by which the known servers say what they read. */
const namedSchema = z
  .object({ namespace: z.string(), name: z.string(), resourceType: z.string(), kind: z.string(), resource: z.string() })
  .partial()
  .catch({})

/** Of one alone, who wrote it could have the model make a harmless call after it. */
const SHOWN = 3
const LONGEST = 80

/**
 * The last results before a call, also those of earlier questions: the model has them before its eyes still, and what they
 * told it to do may wait for the next question.
 * @returns e.g. `pods_list, pods_log · shop/cart-6d5`, the last one last; undefined where there is none
 */
export function lastResult(messages: readonly ModelMessage[]): string | undefined {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  const argumentsOf = new Map(calls.map((call) => [call.id, call.arguments]))
  const results = messages.flatMap((message) =>
    message.role === 'tool' ? [described(message.name, argumentsOf.get(message.toolCallId))] : [],
  )
  const shown = [...new Set(results.reverse())].slice(0, SHOWN).reverse()
  return shown.length === 0 ? undefined : shown.join(', ')
}

function described(tool: string, args = '{}'): string {
  const { namespace, name, resourceType, kind, resource } = namedSchema.parse(JSON.parse(args))
  const what = [resourceType ?? resource ?? kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).map(word)
  return [word(tool), what.join(' ')].filter(Boolean).join(' · ')
}

/** A model may call things by names that say something else, such as that all is approved. */
function word(text = ''): string {
  const clean = sanitizeText(text).slice(0, LONGEST)
  return /^[\w.:/-]*$/.test(clean) ? clean : JSON.stringify(clean)
}
