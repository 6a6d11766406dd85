/** While the first token is waited for: what for, in the server's own words of what is in memory. */
import type { StepListener } from './types'

/** From when on it is asked, and how often, in milliseconds: a model that is loaded answers before. */
const AFTER_MS = 1500
const EVERY_MS = 2000

/**
 * @param isLoaded whether the model is in memory now; undefined where the server does not say
 * @returns ends the looking; to be called with the first token and at the end
 */
export function watchFirstToken(
  isLoaded: () => Promise<boolean | undefined>,
  waiting: StepListener['waiting'],
): () => void {
  let told: string | undefined
  let isOver = false
  let timer = setTimeout(() => void look(), AFTER_MS)
  async function look(): Promise<void> {
    const loaded = await isLoaded().catch(() => undefined)
    if (isOver) return
    const state = loaded === false ? 'loading-model' : 'waiting-for-model'
    if (state !== told) waiting(state)
    told = state
    timer = setTimeout(() => void look(), EVERY_MS)
  }
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
