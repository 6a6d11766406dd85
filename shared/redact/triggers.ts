/** Literals: every name known to promiseOf() contains at least one of them. */
import { DOUBTFUL_WORDS, PASSWORD_WORDS, SHORT_WORDS, TOKEN_WORDS } from './vocabulary'

const JOINTS = ['', ' ', '_', '-', '.'] as const

/** Folded, lower case. A multi-word name is listed with each possible separator. */
export const KEY_TRIGGERS: readonly string[] = shortest([
  ...new Set(
    [...PASSWORD_WORDS, ...TOKEN_WORDS, ...DOUBTFUL_WORDS, ...SHORT_WORDS].flatMap((phrase) => {
      const parts = phrase.split(/[^\p{L}\p{N}]+/u)
      return parts.length === 1 ? parts : JOINTS.map((joint) => parts.join(joint))
    }),
  ),
])

/** Drops words that contain another one. */
function shortest(words: readonly string[]): string[] {
  return words.filter((word) => !words.some((other) => other !== word && word.includes(other)))
}
