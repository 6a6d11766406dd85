import { describe, expect, it } from 'vitest'
import { playConversations } from '../../../support/agent/random-conversations'

/** A sample; the long series `conversations` plays five times as many. */
const CONVERSATIONS = 100

describe.each([4096, 8192, 32_768])('random conversations in a window of %d', (windowTokens) => {
  it('never exceed the window by the true count, never lose the question, and are estimated well', async () => {
    expect(await playConversations(windowTokens, CONVERSATIONS)).toEqual([])
  }, 120_000)
})
