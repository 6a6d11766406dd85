/** Stores messages in IndexedDB: tables may be megabytes, too large for Local Storage. */
import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { messageText } from '../chat/messages'

let store: UseStore | undefined
function archive(): UseStore {
  return (store ??= createStore('k8s-ai-assistant', 'messages'))
}

let wordStore: UseStore | undefined
/** The words of each conversation, so that a search need not read the tables. */
function wordArchive(): UseStore {
  return (wordStore ??= createStore('k8s-ai-assistant-words', 'words'))
}

/** Characters of a conversation that are searched. */
const MAX_WORDS = 200_000

// Checks only the frame: this page wrote the parts, and large tables would be slow to validate.
function isMessages(value: unknown): value is AppUIMessage[] {
  return (
    Array.isArray(value) &&
    value.every(
      (message: unknown) =>
        typeof message === 'object' &&
        message !== null &&
        'id' in message &&
        'role' in message &&
        'parts' in message &&
        Array.isArray(message.parts),
    )
  )
}

/**
 * @returns the stored messages, or none
 * @throws if IndexedDB is unavailable
 */
export async function loadMessages(id: string): Promise<AppUIMessage[]> {
  const value: unknown = await get(id, archive())
  return isMessages(value) ? value : []
}

/** @throws if IndexedDB is unavailable or full */
export async function saveMessages(id: string, messages: readonly AppUIMessage[]): Promise<void> {
  await set(id, messages, archive())
  await set(id, wordsOf(messages), wordArchive())
}

export async function deleteMessages(id: string): Promise<void> {
  await Promise.all([del(id, archive()), del(id, wordArchive())])
}

/**
 * The words of all conversations that were saved with them, by id.
 * @throws if IndexedDB is unavailable
 */
export async function loadWords(): Promise<Map<string, string>> {
  const all: [IDBValidKey, unknown][] = await entries(wordArchive())
  return new Map(
    all.flatMap(([id, words]) => (typeof id === 'string' && typeof words === 'string' ? [[id, words]] : [])),
  )
}

/**
 * The words of a conversation of an older version, which are kept from then on.
 * @throws if IndexedDB is unavailable
 */
export async function readWords(id: string): Promise<string> {
  const words = wordsOf(await loadMessages(id))
  await set(id, words, wordArchive())
  return words
}

function wordsOf(messages: readonly AppUIMessage[]): string {
  return messages.map(messageText).join('\n').slice(0, MAX_WORDS)
}
