import { describe, expect, it } from 'vitest'
import { groupConversations } from '../../../../utils/conversation/conversationGroups'

const now = new Date(2026, 5, 15, 10, 0).getTime()
const hour = 3_600_000

function entry(title: string, hoursAgo: number) {
  return { id: title, title, createdAt: 0, updatedAt: now - hoursAgo * hour }
}
const entries = [entry('Pods', 1), entry('Logs of cart', 11), entry('Events', 40), entry('Nodes', 24 * 30)]

describe('groupConversations', () => {
  it('groups by day, newest first, without empty groups', () => {
    expect(groupConversations(entries, now).map(({ name, items }) => [name, items.map(({ title }) => title)])).toEqual([
      ['today', ['Pods']],
      ['yesterday', ['Logs of cart']],
      ['week', ['Events']],
      ['older', ['Nodes']],
    ])
  })
})
