/** Reports what delays the first token, from the server's list of loaded models. */
import type { StepListener } from './types'

/** First check and interval, in milliseconds: a loaded model answers earlier. */
const AFTER_MS = 1500
const EVERY_MS = 2000

/**
 * @param isLoaded whether the model is in memory; undefined if unknown
 * @returns stops the checks; call it with the first token and at the end
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
