/** Keeps a conversation's messages in IndexedDB: loads them once, and saves them soon after each change. */
import { useEventListener, useTimeoutFn } from '@vueuse/core'
import type { ShallowRef } from 'vue'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { loadMessages, saveMessages } from '../../utils/conversation/messageArchive'
import { openMessageSync } from '../../utils/conversation/messageSync'

/** Milliseconds between a change and its save: a stream of tokens is saved once, and a reload loses little. */
const delay = 500

interface Elsewhere {
  /** True if nothing is running that another tab's messages would replace. */
  mayReload: () => boolean
  /** Another tab's messages have been loaded. */
  onReloaded: () => void
}

export function useMessageArchive(id: string, messages: ShallowRef<AppUIMessage[]>, elsewhere: Elsewhere) {
  const { t } = useText()
  const toast = useToast()
  const embed = useEmbedStore()
  const isLoaded = ref(false)
  let hasFailed = false
  /** The loaded messages, which need no save. */
  let read: AppUIMessage[] | undefined
  const saving = useTimeoutFn(() => void save(), delay, { immediate: false })
  const tabs = openMessageSync(id, () => void reload())

  function onFailure(): void {
    // The notice of the frame says the same.
    if (!hasFailed && !embed.isStorageDenied) toast.add({ title: t('conversations.notKept'), color: 'warning' })
    hasFailed = true
  }

  /** Saves unsaved changes. */
  async function flush(): Promise<void> {
    if (saving.isPending.value) await save()
  }

  /** Saves immediately, for changes that a reload must not lose. */
  async function save(): Promise<void> {
    saving.stop()
    await saveMessages(id, messages.value).then(tabs.tell, onFailure)
  }

  async function load(): Promise<void> {
    const kept = await loadMessages(id).catch(() => [])
    if (kept.length > 0) messages.value = read = kept
    isLoaded.value = true
  }

  /** Another tab continued the conversation; load its messages so that a later save does not remove them. */
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
    // Save new questions immediately: a write during unload may be lost.
    if (now.length !== before.length) void flush()
  })

  useEventListener(window, 'pagehide', () => void flush())
  onScopeDispose(tabs.close)

  /** A reload, or another tab, may have left the last answer open. */
  const loaded = load()
  return { isLoaded, loaded, flush, save }
}
