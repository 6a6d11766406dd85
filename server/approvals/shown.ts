/** A person who approves must see what will run, to the letter. */
import { holdsCredential, withoutPublic } from '../agent/policy'
import { redactText, sanitizeText } from '../results'
import { stringify } from 'yaml'

/** Longer arguments are nothing that a person reads before they say yes. In characters. */
const MAX_ARGUMENTS = 128 * 1024

/**
 * @param text the arguments as the card shows them
 * @returns a sentence why they cannot be shown
 */
export function whyNotShown(args: Record<string, unknown>, text: string): string | undefined {
  if (text.length > MAX_ARGUMENTS)
    return `Not asked: the arguments are longer than ${MAX_ARGUMENTS / 1024} KiB, which nobody can check. Make smaller changes.`
  if (sanitizeText(text) !== text)
    return 'Not asked: the arguments hold hidden characters, which a person would not see.'
  const open = stringify(withoutPublic(args), { lineWidth: 0 })
  if (redactText(open) !== open || holdsCredential(args))
    return 'Not asked: the arguments hold what looks like a credential. The assistant passes none on: refer to an existing Secret instead.'
  return undefined
}
