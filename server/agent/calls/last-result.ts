/** The results before a call: they may have influenced it, so the approval shows them. */
import { z } from 'zod'
import type { ModelMessage } from '../../model/types'
import { sanitizeText } from '../../results'
import { MORE_TOOLS } from '../more-tools'

/** Arguments by which the known servers identify what they read. */
const namedSchema = z
  .object({ namespace: z.string(), name: z.string(), resourceType: z.string(), kind: z.string(), resource: z.string() })
  .partial()
  .catch({})

/** With one alone, its author could insert a harmless call afterwards. */
const SHOWN = 3
const LONGEST = 80

/**
 * The last results before a call, including those of earlier questions: the model still sees them, and their
 * instructions may take effect later.
 * @returns e.g. `pods_list, pods_log · shop/cart-6d5`, the last one last; undefined if there are none
 */
export function lastResult(messages: readonly ModelMessage[]): string | undefined {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  const argumentsOf = new Map(calls.map((call) => [call.id, call.arguments]))
  const results = messages.flatMap((message) =>
    message.role === 'tool' && message.name !== MORE_TOOLS
      ? [described(message.name, argumentsOf.get(message.toolCallId))]
      : [],
  )
  const shown = [...new Set(results.reverse())].slice(0, SHOWN).reverse()
  return shown.length === 0 ? undefined : shown.join(', ')
}

function described(tool: string, args = '{}'): string {
  const { namespace, name, resourceType, kind, resource } = namedSchema.parse(JSON.parse(args))
  const what = [resourceType ?? resource ?? kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).map(word)
  return [word(tool), what.join(' ')].filter(Boolean).join(' · ')
}

/** Limits names chosen by the model, which could contain a message such as "all approved". */
function word(text = ''): string {
  const clean = sanitizeText(text).slice(0, LONGEST)
  return /^[\w.:/-]*$/.test(clean) ? clean : JSON.stringify(clean)
}
