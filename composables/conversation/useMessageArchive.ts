/** Keeps a conversation's messages in IndexedDB: loads them once, then saves them soon after each change. */
import type { ShallowRef } from 'vue'
import type { AppUIMessage } from '#shared/ui-message'
import { loadMessages, saveMessages } from '../../utils/conversation/messageArchive'
import { openMessageSync } from '../../utils/conversation/messageSync'

/** Milliseconds between a change and its saving: a stream of tokens is one save, and a reload loses little. */
const delay = 500

interface Elsewhere {
  /** Nothing is under way here that another tab's messages would take the place of. */
  mayReload: () => boolean
  /** Another tab's messages have been loaded. */
  onReloaded: () => void
}

export function useMessageArchive(id: string, messages: ShallowRef<AppUIMessage[]>, elsewhere: Elsewhere) {
  const { t } = useText()
  const toast = useToast()
  const isLoaded = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let hasFailed = false
  /** As they were read: they need no saving. */
  let read: AppUIMessage[] | undefined
  const news = openMessageSync(id, () => void reload())

  function onFailure(): void {
    if (!hasFailed) toast.add({ title: t('conversations.notKept'), color: 'warning' })
    hasFailed = true
  }

  /** Saves what is not saved yet. */
  async function flush(): Promise<void> {
    if (timer !== undefined) await save()
  }

  /** Saves now: what must not be lost by a reload in the next moment. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    await saveMessages(id, messages.value).then(news.tell, onFailure)
  }

  async function load(): Promise<void> {
    const kept = await loadMessages(id).catch(() => [])
    if (kept.length > 0) messages.value = read = kept
    isLoaded.value = true
  }

  /** Another tab went on with the conversation: what is saved here later must not take its messages away. */
  async function reload(): Promise<void> {
    const mayReload = () => isLoaded.value && timer === undefined && elsewhere.mayReload()
    if (!mayReload()) return
    const kept = await loadMessages(id).catch(() => [])
    if (kept.length === 0 || !mayReload()) return
    messages.value = read = kept
    elsewhere.onReloaded()
  }

  watch(messages, (now, before) => {
    if (!isLoaded.value || now === read) return
    timer ??= setTimeout(flush, delay)
    // A question is never lost: what is written while the page goes away may not arrive.
    if (now.length !== before.length) void flush()
  })

  const onLeave = () => void flush()
  window.addEventListener('pagehide', onLeave)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', onLeave)
    clearTimeout(timer)
    timer = undefined
    news.close()
  })

  /** The last answer may be open still: a reload, or another tab, left it so. */
  const loaded = load()
  return { isLoaded, loaded, flush, save }
}
