/** Questions and commands that the user keeps for later, in Local Storage. */
import { z } from 'zod'
import { readStored, writeStored } from '../utils/browser/localStore'

/** The oldest goes. */
const MAX_SAVED = 30

export const useSavedPromptStore = defineStore('saved-prompts', () => {
  const texts = ref(readStored<string[]>('prompts', z.array(z.string()), []))
  watch(texts, (list) => writeStored('prompts', list))

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
