/** A text as highlighted HTML once the highlighter is loaded; undefined to show it plain. */
import type { MaybeRefOrGetter } from 'vue'
import type { highlight as Highlight } from '../../utils/markdown/highlight'

// Shared by the page, loaded for the first text.
const highlight = shallowRef<typeof Highlight>()
let loading: Promise<void> | undefined

async function load(): Promise<void> {
  const module = await import('../../utils/markdown/highlight')
  highlight.value = module.highlight
}

/** @param isWanted false while the text is still being written */
export function useHighlighted(
  text: MaybeRefOrGetter<string>,
  language: MaybeRefOrGetter<string>,
  isWanted: MaybeRefOrGetter<boolean> = true,
) {
  watchEffect(() => {
    if (toValue(isWanted) && toValue(language) !== '') loading ??= load()
  })
  return computed(() =>
    toValue(isWanted) ? highlight.value?.(toValue(text), toValue(language).toLowerCase()) : undefined,
  )
}

/** The highlighter, for a text that is drawn line by line; undefined until it is loaded. */
export function useHighlighter() {
  loading ??= load()
  return highlight
}
