/** Tells the other conversations, and the user if the page is out of sight, that approvals wait in this one. */
import type { Approval } from '#shared/changes/approval'
import type { Ref } from 'vue'
import { visibleText } from '../../utils/markdown/visibleText'

/** @param id of the conversation */
export function useWaitingApprovals(id: string, pending: Readonly<Ref<readonly Approval[]>>): void {
  const store = useConversationStore()
  const router = useRouter()
  const { say } = useText()
  const { show } = useNotifications()

  watch(pending, ([first, ...others], before) => {
    if (!first) return store.setWaiting(id, undefined)
    const { title, cluster, expiresAt } = first
    store.setWaiting(id, { title, cluster, expiresAt, count: 1 + others.length })
    if (before.length === 0) show(visibleText(say(title)), id, () => void router.push(`/${id}`))
  })
}
