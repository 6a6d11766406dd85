/** Deletes conversations, with an undo. Their messages stay in the browser until it has passed, also over a reload. */
import { focusPrompt } from '../../utils/chat/promptFocus'
import { deleteMessages } from '../../utils/conversation/messageArchive'
import { UNDO_MS } from '../ui/useUndo'

export function useDeletion() {
  const { t } = useText()
  const store = useConversationStore()
  const router = useRouter()
  const { offerUndo } = useUndo()

  /** @param isShown the page then goes to a new conversation */
  function remove(id: string, isShown: boolean): void {
    const { title } = store.find(id) ?? {}
    dropConversation(id)
    store.remove(id)
    setTimeout(() => void purge(), UNDO_MS)
    if (isShown) void router.push('/')
    focusPrompt()
    offerUndo(t('conversations.deleted', { title: title || t('conversations.untitled') }), () => {
      store.restore(id)
      if (isShown) void router.push(`/${id}`)
      focusPrompt()
    })
  }

  /** Forgets a conversation last, so that a reload in between does not leave its messages behind. */
  async function purge(): Promise<void> {
    for (const id of store.expired(Date.now() - UNDO_MS)) {
      // Without storage there is nothing to delete.
      await deleteMessages(id).catch(() => undefined)
      store.forget(id)
    }
  }

  return { remove, purge }
}
