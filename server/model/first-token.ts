/** Reports what delays the first token: a load, or a queue and the prompt. */
import type { StepListener } from './types'

/** A loaded model usually answers earlier, in milliseconds. */
const AFTER_MS = 1500

/** Within this time a server answers for a model that is in memory, in milliseconds. */
const LOADED_MS = 700

/**
 * @param untilLoaded resolves when the model is in memory; a list of loaded models does not tell, since
 *   Ollama lists a model from the start of its load
 * @returns stops the watch; call it with the first token and at the end
 */
export function watchFirstToken(
  untilLoaded: (signal: AbortSignal) => Promise<unknown>,
  waiting: StepListener['waiting'],
): () => void {
  const end = new AbortController()
  const report = (state: 'loading-model' | 'waiting-for-model') => {
    clearTimeout(timer)
    if (!end.signal.aborted) waiting(state)
  }
  function look(): void {
    timer = setTimeout(() => report('loading-model'), LOADED_MS)
    untilLoaded(end.signal).then(
      () => report('waiting-for-model'),
      () => report('waiting-for-model'),
    )
  }
  let timer = setTimeout(look, AFTER_MS)
  return () => {
    end.abort('answered')
    clearTimeout(timer)
  }
}
