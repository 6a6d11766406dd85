/** Random conversations in windows of any size. */
import { playConversations } from '../../support/agent/random-conversations'
import type { Series } from '../types'

const WINDOWS = [4096, 8192, 32_768]

export const conversations: Series = {
  name: 'conversations',
  what: 'no request exceeds the window by the true count, loses the question or is estimated badly',
  runs: 500,
  run: async ({ runs, log }) => {
    const violations: string[] = []
    for (const windowTokens of WINDOWS) {
      violations.push(...(await playConversations(windowTokens, runs)))
      log(`a window of ${windowTokens}`)
    }
    return { runs: runs * WINDOWS.length, violations, figures: { windows: WINDOWS.join(', ') } }
  },
}
