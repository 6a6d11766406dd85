/** Stores messages in IndexedDB: tables may be megabytes, too large for Local Storage. */
import { createStore, del, get, set, type UseStore } from 'idb-keyval'
import type { AppUIMessage } from '#shared/ui-message'

let store: UseStore | undefined
function archive(): UseStore {
  return (store ??= createStore('k8s-ai-assistant', 'messages'))
}

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
}

export async function deleteMessages(id: string): Promise<void> {
  await del(id, archive())
}
