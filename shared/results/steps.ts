/** Texts for the model that are shortened in steps. */
import { fitsInTokens } from './tokens'

/** Results that are offered first are short. In tokens. */
const MAX_TOKENS = 600

/**
 * @param steps how much is kept, from most to least
 * @returns the text of the first step that fits, else of the last
 */
export function firstThatFits<Step>(
  steps: readonly Step[],
  { maxTokens }: { maxTokens: number },
  text: (step: Step) => string,
): string {
  const limit = Math.min(maxTokens, MAX_TOKENS)
  let shown = ''
  for (const step of steps) {
    shown = text(step)
    if (fitsInTokens(shown, limit)) break
  }
  return shown
}
