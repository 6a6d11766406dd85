/** Questions and commands that the user keeps for later, in Local Storage. */
import { z } from 'zod'
import { onStoredElsewhere, readStored, writeStored } from '../utils/browser/localStore'

/** The oldest goes. */
const MAX_SAVED = 30

const stored = (): string[] => readStored('prompts', z.array(z.string()), [])

export const useSavedPromptStore = defineStore('saved-prompts', () => {
  const texts = ref(stored())
  watch(texts, (list) => writeStored('prompts', list))
  onStoredElsewhere('prompts', () => (texts.value = stored()))

  function has(text: string): boolean {
    return texts.value.includes(text)
  }

  /** Keeps a text, or drops a kept one. */
  function toggle(text: string): void {
    const others = texts.value.filter((each) => each !== text)
    texts.value = has(text) ? others : [text, ...others].slice(0, MAX_SAVED)
  }

  return { texts, has, toggle }
})
