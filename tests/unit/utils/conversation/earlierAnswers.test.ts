import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '../../../../shared/chat/ui-message'
import { messagesToPost } from '../../../../utils/chat/messages'
import { earlierAnswers, keepLastAnswer } from '../../../../utils/conversation/earlierAnswers'

const question: AppUIMessage = { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Why?' }] }

function answer(text: string): AppUIMessage {
  return { id: text, role: 'assistant', parts: [{ type: 'text', text }] }
}

describe('keepLastAnswer', () => {
  it('keeps the answers that were replaced, oldest first and at most four', () => {
    let asked = question
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      const [first = asked] = keepLastAnswer([asked, answer(text)])
      asked = first
    }
    expect(earlierAnswers(asked).map(({ id }) => id)).toEqual(['two', 'three', 'four', 'five'])
  })

  it('drops an answer without words', () => {
    const [asked] = keepLastAnswer([question, answer('')])
    expect(earlierAnswers(asked)).toEqual([])
  })

  it('does not post them', () => {
    const posted = messagesToPost(keepLastAnswer([question, answer('one')]).slice(0, 1))
    expect(JSON.stringify(posted)).not.toContain('one')
  })
})
