/** Full text search over the conversations of this browser. Their words are read when the palette opens. */
import { foldInPlace } from '../../utils/browser/fold'
import { loadWords, readWords } from '../../utils/conversation/messageArchive'
import { searchConversations, type Searchable } from '../../utils/conversation/conversationSearch'

export function useConversationSearch() {
  const store = useConversationStore()
  const { t } = useText()
  const words = shallowRef(new Map<string, Searchable['words']>())
  let isClosed = false
  onScopeDispose(() => (isClosed = true))

  async function read(): Promise<void> {
    const known = await loadWords()
    words.value = new Map([...known].map(([id, text]) => [id, foldInPlace(text)]))
    for (const { id } of store.newestFirst) {
      if (isClosed) return
      if (known.has(id)) continue
      words.value.set(id, foldInPlace(await readWords(id)))
      triggerRef(words)
    }
  }
  // Without storage only titles are searched.
  read().catch(() => undefined)

  function find(query: string, most: number) {
    const conversations = store.newestFirst.map(({ id, title }) => ({
      id,
      title: title || t('conversations.untitled'),
      words: words.value.get(id),
    }))
    return searchConversations(query, conversations, most)
  }

  return { find }
}
