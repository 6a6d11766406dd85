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
    const { title: name } = store.find(id) ?? {}
    dropConversation(id)
    store.remove(id)
    if (isShown) void router.push('/')
    focusPrompt()
    const undo = (): void => {
      store.restore(id)
      if (isShown) void router.push(`/${id}`)
      focusPrompt()
    }
    const title = t('conversations.deleted', { title: name || t('conversations.untitled') })
    offerUndo(title, undo, () => void deleteForGood(id))
  }

  /** Deletes those whose undo passed after the page was closed. */
  async function purge(): Promise<void> {
    for (const id of store.expired(Date.now() - UNDO_MS)) await deleteForGood(id)
  }

  /** Forgets a conversation last, so that a reload in between does not leave its messages behind. */
  async function deleteForGood(id: string): Promise<void> {
    // Another tab may have brought it back.
    if (!store.isDeleted(id)) return
    // Without storage there is nothing to delete.
    await deleteMessages(id).catch(() => undefined)
    store.forget(id)
  }

  return { remove, purge }
}
