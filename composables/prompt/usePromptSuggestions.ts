/** Completes commands, namespaces and objects in the prompt: a combobox as in the ARIA practices. */
import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import type { ResourceReference } from '#shared/embed'
import type { PromptToken } from '../../utils/prompt/promptToken'
import type { Suggestion } from '../../utils/prompt/suggestions'

/** Where a command or a mention may be. */
const COMPLETED = /^\s*\/|@/

type Completion = Awaited<ReturnType<typeof loadCompletion>>

async function loadCompletion() {
  const [token, suggestions] = await Promise.all([
    import('../../utils/prompt/promptToken'),
    import('../../utils/prompt/suggestions'),
  ])
  return { ...token, ...suggestions }
}

/**
 * @param draft the text
 * @param field the element with the caret
 */
export function usePromptSuggestions(
  draft: Ref<string>,
  field: () => HTMLTextAreaElement | undefined,
  onReference: (reference: ResourceReference) => void,
) {
  const index = useNameIndex()
  const saved = useSavedPromptStore()
  const runbooks = useRunbookStore()
  const caret = ref(0)
  const items = shallowRef<Suggestion[]>([])
  /** The token of `items`: none is accepted for another one. */
  let answered: PromptToken | undefined
  const active = ref(-1)
  /** Closed by Escape until the text changes. */
  const isDismissed = ref(false)
  const completion = shallowRef<Completion>()
  const token = computed(() => completion.value?.promptTokenAt(draft.value, caret.value, runbooks.list))
  const isOpen = computed(() => items.value.length > 0 && !isDismissed.value)

  useEventListener(document, 'selectionchange', followCaret)
  function followCaret(): void {
    const element = field()
    if (element && document.activeElement === element) caret.value = element.selectionStart
  }

  watch(
    draft,
    async (text) => {
      if (text.startsWith('/')) void runbooks.load()
      if (COMPLETED.test(text)) completion.value ??= await loadCompletion()
    },
    { immediate: true },
  )
  watch(draft, () => {
    isDismissed.value = false
    // The caret moves with each letter; the browser reports it later.
    void nextTick(followCaret)
  })
  watch(token, async (now, before) => {
    if (now?.type !== before?.type || now?.start !== before?.start) items.value = []
    if (!completion.value) return
    const { kindsFor, suggestionsFor } = completion.value
    const objects = now ? (await Promise.all(kindsFor(now).map(index.objectsOf))).flat() : []
    if (now !== token.value) return
    items.value = now ? suggestionsFor(now, objects, saved.texts, runbooks.list) : []
    answered = now
    // An empty argument may be meant: Enter then runs the command as it is.
    active.value = now && (now.type === 'command' || now.type === 'mention' || now.typed !== '') ? 0 : -1
  })

  async function accept(suggestion: Suggestion): Promise<void> {
    const now = token.value
    if (!now) return
    if (suggestion.reference) onReference(suggestion.reference)
    const end = now.start + suggestion.insert.length
    draft.value = draft.value.slice(0, now.start) + suggestion.insert + draft.value.slice(now.end)
    await nextTick()
    const element = field()
    element?.focus()
    element?.setSelectionRange(end, end)
    caret.value = end
  }

  /** Call before the field's own handling. */
  function onKeydown(event: KeyboardEvent): void {
    if (!isOpen.value || answered !== token.value || event.isComposing || event.metaKey || event.ctrlKey) return
    const { length } = items.value
    const chosen = items.value[event.key === 'Tab' ? Math.max(0, active.value) : active.value]
    const isAccepting = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey
    if (event.key === 'ArrowDown') active.value = (active.value + 1) % length
    else if (event.key === 'ArrowUp') active.value = (Math.max(0, active.value) - 1 + length) % length
    else if (event.key === 'Escape') isDismissed.value = true
    else if (isAccepting && chosen && !(event.key === 'Enter' && isWritten(chosen))) void accept(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Enter then runs the command. A mention is not complete before its object is known. */
  function isWritten({ label }: Suggestion): boolean {
    const now = token.value
    return now !== undefined && now.type !== 'mention' && draft.value.slice(now.start, now.end) === label
  }

  return { items, active, isOpen, accept, onKeydown }
}
