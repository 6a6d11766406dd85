/** The conversation list and drafts in Local Storage. The messages are in IndexedDB. */
import { messageSchema } from '#shared/messages/message'
import { z } from 'zod'
import { onStoredElsewhere, readStored, storeEntry, textsSchema, writeStored } from '../utils/browser/localStore'

/** The approvals of a conversation that await an answer: what the first one is about. */
const waitingSchema = z.object({
  count: z.number(),
  title: messageSchema,
  cluster: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
})
export type WaitingApprovals = z.infer<typeof waitingSchema>

const conversationSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Of its first question; absent if the server had only one. */
  cluster: z.string().optional(),
  waits: waitingSchema.optional().catch(undefined),
  /** Milliseconds since the epoch. It is not listed, and can be restored until it is removed. */
  deletedAt: z.number().optional(),
})
const listSchema = z.array(conversationSchema)

export type ConversationEntry = z.infer<typeof conversationSchema>

/** Key of the draft of a new conversation. */
export const newDraft = 'new'

/** Key of the question that waits for the end of an answer. */
export const queuedDraft = (id: string): string => `queued:${id}`

export const useConversationStore = defineStore('conversations', () => {
  const stored = ref(readStored<ConversationEntry[]>('conversations', listSchema, []))
  const entries = computed(() => stored.value.filter(({ deletedAt }) => deletedAt === undefined))
  const drafts = ref(readStored('drafts', textsSchema, {}))
  /** Conversations with a running answer in this tab. */
  const answering = ref<string[]>([])

  const newestFirst = computed(() => [...entries.value].sort((a, b) => b.updatedAt - a.updatedAt))

  watch(stored, (list) => writeStored('conversations', list), { deep: true })
  onStoredElsewhere('conversations', () => (stored.value = readStored('conversations', listSchema, [])))

  function find(id: string): ConversationEntry | undefined {
    return entries.value.find((entry) => entry.id === id)
  }

  /**
   * Adds a conversation or moves it to the top.
   * @param cluster of its first question
   */
  function touch(id: string, title: string, cluster?: string): void {
    const now = Date.now()
    // Another tab may have deleted it.
    restore(id)
    const entry = find(id)
    if (entry) {
      entry.updatedAt = now
      entry.cluster ??= cluster
    } else stored.value.push({ id, title, createdAt: now, updatedAt: now, ...(cluster !== undefined && { cluster }) })
  }

  function rename(id: string, title: string): void {
    const entry = find(id)
    if (entry && title.trim() !== '') entry.title = title.trim()
  }

  /** Takes it off the list; `restore` lists it again. */
  function remove(id: string): void {
    const entry = find(id)
    if (entry) entry.deletedAt = Date.now()
  }

  function restore(id: string): void {
    const entry = stored.value.find((each) => each.id === id)
    delete entry?.deletedAt
  }

  /** It was deleted, and can still come back. */
  function isDeleted(id: string): boolean {
    return stored.value.some((each) => each.id === id && each.deletedAt !== undefined)
  }

  /**
   * Ids of conversations that were deleted before a time.
   * @param before milliseconds since the epoch
   */
  function expired(before: number): string[] {
    return stored.value.flatMap(({ id, deletedAt }) => (deletedAt !== undefined && deletedAt <= before ? [id] : []))
  }

  function forget(id: string): void {
    stored.value = stored.value.filter((entry) => entry.id !== id)
    setDraft(id, '')
    setDraft(queuedDraft(id), '')
  }

  function setDraft(id: string, text: string): void {
    drafts.value = storeEntry('drafts', drafts.value, id, text || undefined)
  }

  function setAnswering(id: string, isAnswering: boolean): void {
    answering.value = answering.value.filter((other) => other !== id)
    if (isAnswering) answering.value.push(id)
  }

  function setWaiting(id: string, waits: WaitingApprovals | undefined): void {
    const entry = find(id)
    if (entry) entry.waits = waits
  }

  return {
    ...{ entries, newestFirst, drafts, answering, find, touch, rename },
    ...{ remove, restore, isDeleted, expired, forget, setDraft, setAnswering, setWaiting },
  }
})
