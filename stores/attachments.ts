/** Texts attached to the next question of each conversation. Not kept over a reload. */
import { MAX_ATTACHMENT_CHARS, type Attachment } from '#shared/chat/attachment'
import { MAX_ATTACHED } from '#shared/chat/asked'
import { attach } from '../utils/attachment/attach'
import { looksLikeManifest } from '../utils/attachment/manifestLook'

/** Kubernetes objects in a text, as the person gave it: not redacted, never kept. */
export interface AttachedManifest {
  name: string
  text: string
  objects: number
}

export type PendingAttachment = { id: number; name: string } & (
  | { state: 'sending' }
  | { state: 'ready'; attachment: Attachment; manifest?: AttachedManifest }
  | { state: 'failed' | 'too-large' }
)

export const useAttachmentStore = defineStore('attachments', () => {
  const lists = shallowRef<Readonly<Record<string, readonly PendingAttachment[]>>>({})
  let count = 0

  function of(conversation: string): readonly PendingAttachment[] {
    return lists.value[conversation] ?? []
  }

  function set(conversation: string, list: readonly PendingAttachment[]): void {
    lists.value = { ...lists.value, [conversation]: list }
  }

  /** Redacted and kept by the server at once, so that its size is known before the question is sent. */
  async function add(conversation: string, name: string, text: string): Promise<void> {
    const id = ++count
    const replace = (next: PendingAttachment) =>
      set(
        conversation,
        of(conversation).map((each) => (each.id === id ? next : each)),
      )
    const isTooLarge = text.length > MAX_ATTACHMENT_CHARS || of(conversation).length >= MAX_ATTACHED
    set(conversation, [...of(conversation), { id, name, state: isTooLarge ? 'too-large' : 'sending' }])
    if (isTooLarge) return
    try {
      const [attachment, objects] = await Promise.all([attach({ conversation, name, text }), objectsIn(text)])
      replace({ id, name, state: 'ready', attachment, ...(objects > 0 && { manifest: { name, text, objects } }) })
    } catch {
      replace({ id, name, state: 'failed' })
    }
  }

  async function objectsIn(text: string): Promise<number> {
    if (!looksLikeManifest(text)) return 0
    const { countObjects } = await import('../utils/attachment/countObjects')
    return countObjects(text)
  }

  function remove(conversation: string, id: number): void {
    set(
      conversation,
      of(conversation).filter((each) => each.id !== id),
    )
  }

  /** Those of the next question, which then has them. */
  function ready(conversation: string): Attachment[] {
    return of(conversation).flatMap((each) => (each.state === 'ready' ? [each.attachment] : []))
  }

  return { of, add, remove, ready, clear: (conversation: string) => set(conversation, []) }
})
