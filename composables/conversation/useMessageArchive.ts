/** Keeps a conversation's messages in IndexedDB: loads them once, then saves them soon after each change. */
import { useEventListener, useTimeoutFn } from '@vueuse/core'
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
  let hasFailed = false
  /** As they were read: they need no saving. */
  let read: AppUIMessage[] | undefined
  const saving = useTimeoutFn(() => void save(), delay, { immediate: false })
  const tabs = openMessageSync(id, () => void reload())

  function onFailure(): void {
    if (!hasFailed) toast.add({ title: t('conversations.notKept'), color: 'warning' })
    hasFailed = true
  }

  /** Saves what is not saved yet. */
  async function flush(): Promise<void> {
    if (saving.isPending.value) await save()
  }

  /** Saves now: what must not be lost by a reload in the next moment. */
  async function save(): Promise<void> {
    saving.stop()
    await saveMessages(id, messages.value).then(tabs.tell, onFailure)
  }

  async function load(): Promise<void> {
    const kept = await loadMessages(id).catch(() => [])
    if (kept.length > 0) messages.value = read = kept
    isLoaded.value = true
  }

  /** Another tab continued the conversation: what is saved here later must not take its messages away. */
  async function reload(): Promise<void> {
    const mayReload = () => isLoaded.value && !saving.isPending.value && elsewhere.mayReload()
    if (!mayReload()) return
    const kept = await loadMessages(id).catch(() => [])
    if (kept.length === 0 || !mayReload()) return
    messages.value = read = kept
    elsewhere.onReloaded()
  }

  watch(messages, (now, before) => {
    if (!isLoaded.value || now === read) return
    if (!saving.isPending.value) saving.start()
    // A question is never lost: what is written while the page goes away may not arrive.
    if (now.length !== before.length) void flush()
  })

  useEventListener(window, 'pagehide', () => void flush())
  onScopeDispose(tabs.close)

  /** The last answer may be open still: a reload, or another tab, left it so. */
  const loaded = load()
  return { isLoaded, loaded, flush, save }
}
