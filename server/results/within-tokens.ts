/** Limits texts to an estimated number of tokens. */
import { estimateTokens, fitsInTokens } from '#shared/results/tokens'
import { atOnce } from '#shared/steps'
import type { Steps } from '#shared/steps'
import { cutEnd } from './model-text/bound'

/** Prose has about this many characters a token; other texts have fewer. */
const MOST_CHARS = 4.5
const MAX_TRIES = 6

/**
 * Limits a text that is made to a number of characters to a number of tokens instead.
 * @param make returns the text in at most so many characters
 */
export function* stepsWithinTokens(maxTokens: number, make: (maxChars: number) => Steps<string>): Steps<string> {
  let chars = Math.floor(maxTokens * MOST_CHARS)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const text = yield* make(chars)
    if (fitsInTokens(text, maxTokens)) return text
    chars = Math.floor((Math.min(chars, text.length) * maxTokens * 0.97) / estimateTokens(text))
  }
  // Even the densest text has a character in three tokens.
  return yield* make(Math.floor(maxTokens / 3))
}

export function withinTokens(maxTokens: number, make: (maxChars: number) => string): string {
  return atOnce(
    stepsWithinTokens(maxTokens, function* (maxChars) {
      yield
      return make(maxChars)
    }),
  )
}

/** The text's beginning, at most so many tokens. */
export function cutToTokens(text: string, maxTokens: number): string {
  return withinTokens(maxTokens, (maxChars) => cutEnd(text, maxChars))
}
