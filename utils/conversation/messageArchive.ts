/** The messages of each conversation in IndexedDB: tables may be megabytes, for which Local Storage is too small and slow. */
import { createStore, del, get, set, type UseStore } from 'idb-keyval'
import type { AppUIMessage } from '#shared/ui-message'

let store: UseStore | undefined
function archive(): UseStore {
  return (store ??= createStore('k8s-ai-assistant', 'messages'))
}

// A light look at the frame: the parts were written by this page, and a table of 5,000 rows is not checked cell by cell.
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

/** @returns the messages kept, or none. @throws where the browser has no IndexedDB for us */
export async function loadMessages(id: string): Promise<AppUIMessage[]> {
  const value: unknown = await get(id, archive())
  return isMessages(value) ? value : []
}

/** @throws where the browser has no IndexedDB for us, or no space left */
export async function saveMessages(id: string, messages: readonly AppUIMessage[]): Promise<void> {
  await set(id, messages, archive())
}

export async function deleteMessages(id: string): Promise<void> {
  await del(id, archive())
}
