/** Groups conversations by last use. */
import type { ConversationEntry } from '../../stores/conversations'

export type GroupName = 'today' | 'yesterday' | 'week' | 'older'

const day = 86_400_000

function groupOf(time: number, now: number): GroupName {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (time >= midnight) return 'today'
  if (time >= midnight - day) return 'yesterday'
  return time >= midnight - 7 * day ? 'week' : 'older'
}

/**
 * @param entries newest first
 * @param now milliseconds since the epoch
 * @returns non-empty groups, newest first
 */
export function groupConversations(entries: readonly ConversationEntry[], now: number) {
  const groups = new Map<GroupName, ConversationEntry[]>()
  for (const entry of entries) {
    const name = groupOf(entry.updatedAt, now)
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  return [...groups].map(([name, items]) => ({ name, items }))
}
