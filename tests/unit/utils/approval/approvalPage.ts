/** The page's chat session without the page: what Nuxt imports by itself is put in its place, IndexedDB is a map (see the tests' mock). */
import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { computed, effectScope, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { createChatSession } from '../../../../composables/chat/useChatSession'
import { useMessageArchive } from '../../../../composables/conversation/useMessageArchive'
import { useTurnWaiting } from '../../../../composables/chat/useTurnWaiting'
import type { startApprovalServer } from './approvalServer'
import { kept } from '../conversation/memoryArchive'

export function stubNuxt(server: ReturnType<typeof startApprovalServer>): void {
  kept.clear()
  setActivePinia(createPinia())
  const store = {
    setAnswering: () => undefined,
    touch: () => undefined,
    find: () => undefined,
  }
  const globals = { computed, ref, shallowRef, watch, onScopeDispose, useMessageArchive, useTurnWaiting }
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  vi.stubGlobal('useConversationStore', () => store)
  vi.stubGlobal('useCommandReads', () => ({ planOf: () => undefined }))
  vi.stubGlobal('useScopeStore', () => ({ turnContext: {}, detachAll: () => undefined }))
  vi.stubGlobal('useAttachmentStore', () => ({ ready: () => [], clear: () => undefined }))
  vi.stubGlobal('useUndo', () => ({ offerUndo: () => undefined }))
  vi.stubGlobal('useEmbedStore', () => ({ context: undefined, isStorageDenied: false }))
  vi.stubGlobal('useScopeStore', () => ({ turnContext: {}, detachAll: () => undefined }))
  vi.stubGlobal('useWaitingApprovals', () => undefined)
  vi.stubGlobal('useClusterStore', () => ({ clusterOf: () => undefined }))
  vi.stubGlobal('useText', () => ({ t: (key: string) => key }))
  vi.stubGlobal('useToast', () => ({ add: () => undefined }))
  // The pages of a test stand for one that is reloaded, not for several tabs.
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      postMessage() {}
      close() {}
    },
  )
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('fetch', server.fetch)
}

/** Opens the conversation, as a page that is loaded does; `close` is a page that goes away in mid-answer. */
export function openPage() {
  const scope = effectScope(true)
  const session = scope.run(() => createChatSession('conversation'))
  if (!session) throw new Error('A new scope is always active.')
  const last = () => session.messages.value.at(-1)
  return {
    session,
    last,
    texts: () => last()?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])) ?? [],
    /** State and status of each call of the last message. */
    calls: () =>
      last()?.parts.flatMap((part) => {
        if (part.type !== 'dynamic-tool') return []
        const output: unknown = part.output
        const status = typeof output === 'object' && output !== null && 'status' in output ? output.status : undefined
        return [{ id: part.toolCallId, state: part.state, status }]
      }) ?? [],
    ids: () => session.messages.value.map(({ id }) => id),
    close: async () => {
      await session.flush()
      scope.stop()
    },
  }
}
