/** Refuses calls whose arguments cannot be shown completely for approval. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { holdsCredential, withoutPublic } from '../agent/policy'
import { redactText, sanitizeText } from '../results'
import { stringify } from 'yaml'

/** Longer arguments would not be read before approval. In characters. */
const MAX_ARGUMENTS = 128 * 1024

/**
 * @param text the arguments as shown on the card
 * @returns why they cannot be shown, as a sentence
 */
export function whyNotShown(args: Record<string, unknown>, text: string): Message | undefined {
  if (text.length > MAX_ARGUMENTS) return msg('approval-arguments-long', { size: MAX_ARGUMENTS / 1024 })
  if (sanitizeText(text) !== text) return msg('approval-arguments-hidden')
  const open = stringify(withoutPublic(args), { lineWidth: 0 })
  if (redactText(open) !== open || holdsCredential(args)) return msg('approval-arguments-credential')
  return undefined
}
