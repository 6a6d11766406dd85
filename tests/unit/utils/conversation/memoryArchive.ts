/** In place of utils/conversation/messageArchive.ts: what IndexedDB keeps, in a map. */
import type { AppUIMessage } from '#shared/chat/ui-message'

export const kept = new Map<string, AppUIMessage[]>()

export async function loadMessages(id: string): Promise<AppUIMessage[]> {
  return structuredClone(kept.get(id) ?? [])
}

export async function saveMessages(id: string, messages: AppUIMessage[]): Promise<void> {
  kept.set(id, structuredClone(messages))
}
