import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { approvalsByCall, isAllAnswered, pendingApprovals, withDecisions } from '../../../../utils/approval/approvals'
import { diffLines } from '../../../../utils/approval/diffLines'
import { formatCountdown } from '../../../../utils/browser/format'
import { needsOwnAnswer } from '../../../../utils/approval/ownAnswer'
import { visibleText } from '../../../../utils/markdown/visibleText'
import { approvalOf } from './approvalServer'

function call(id: string): AppUIMessage['parts'][number] {
  const approval = { id: `approval-${id}`, signature: `signed-${id}` }
  return { type: 'dynamic-tool', toolName: 't', toolCallId: id, state: 'approval-requested', input: {}, approval }
}

const question: AppUIMessage = { id: 'u', role: 'user', parts: [] }
const asking: AppUIMessage = {
  id: 'a',
  role: 'assistant',
  parts: [
    call('one'),
    call('two'),
    // The data come in another order than the calls.
    { type: 'data-approval', id: 'two', data: approvalOf('two') },
    { type: 'data-approval', id: 'one', data: approvalOf('one') },
  ],
  metadata: { finishReason: 'approval-required' },
}

describe('approvals', () => {
  it('wait in the order of their calls', () => {
    expect(pendingApprovals(asking).map(({ id }) => id)).toEqual(['approval-one', 'approval-two'])
    expect([...approvalsByCall(asking).keys()].sort()).toEqual(['one', 'two'])
  })

  it('do not wait while the answer is written, after it was stopped, or without an answer', () => {
    for (const finishReason of [undefined, 'aborted', 'error'] as const)
      expect(pendingApprovals({ ...asking, metadata: { finishReason } })).toEqual([])
    expect(pendingApprovals(undefined)).toEqual([])
  })

  it('are all answered only when the last of them is', () => {
    const one = withDecisions([question, asking], [{ id: 'approval-one', approved: true, reason: 'web' }])
    expect(pendingApprovals(one[1]).map(({ id }) => id)).toEqual(['approval-two'])
    expect([isAllAnswered([question, asking]), isAllAnswered(one)]).toEqual([false, false])
    const both = withDecisions(one, [{ id: 'approval-two', approved: false }])
    expect(isAllAnswered(both)).toBe(true)
    expect(both[1]?.parts.slice(0, 2)).toMatchObject([
      { state: 'approval-responded', approval: { approved: true, reason: 'web', signature: 'signed-one' } },
      { state: 'approval-responded', approval: { approved: false, signature: 'signed-two' } },
    ])
    expect(isAllAnswered([...both, question])).toBe(false)
    expect(pendingApprovals(asking)).toHaveLength(2)
  })

  it('keep their first answer, and take none that is not theirs', () => {
    const yes = withDecisions([asking], [{ id: 'approval-one', approved: true }])
    const again = withDecisions(yes, [
      { id: 'approval-one', approved: false },
      { id: 'approval-three', approved: true },
    ])
    expect(again).toEqual(yes)
  })

  it('are not answered together if one has expired or requires its name', () => {
    const now = 1000
    const good = approvalOf('one', { expiresAt: now + 1 })
    expect(needsOwnAnswer([good, good], now)).toBeUndefined()
    expect(needsOwnAnswer([good, approvalOf('two', { confirm: 'cart', expiresAt: now + 1 })], now)).toBe('name')
    expect(needsOwnAnswer([good, approvalOf('two', { expiresAt: now })], now)).toBe('expired')
  })
})

describe('a diff', () => {
  it('is read line by line, and nothing of it is left out', () => {
    const diff = '@@ -1,2 +1,2 @@\n spec:\n-  replicas: 3\n+  replicas: 5\n@@ -9 +9 @@\n\n--- a\n+++ b\n'
    expect(diffLines(diff)).toEqual([
      { kind: 'same', sign: ' ', text: 'spec:' },
      { kind: 'removed', sign: '-', text: '  replicas: 3' },
      { kind: 'added', sign: '+', text: '  replicas: 5' },
      { kind: 'gap', sign: '', text: '' },
      { kind: 'same', sign: ' ', text: '' },
      // A document's own marks are lines as any.
      { kind: 'removed', sign: '-', text: '-- a' },
      { kind: 'added', sign: '+', text: '++ b' },
    ])
  })
})

describe('a text that is approved', () => {
  it('hides nothing', () => {
    expect(visibleText('web\u202e\u200b\u0007 a\u00a0b\r\u{e0041}\u3164')).toBe(
      'web\\u{202e}\\u{200b}\\u{7} a\\u{a0}b\\u{d}\\u{e0041}\\u{3164}',
    )
  })

  it('stays unchanged if it is plain', () => {
    const plain = 'name: web\n\timage: "a@sha256:00" # tiếng Việt, 中文, 🚀, می\u200cخواهم'
    expect(visibleText(plain)).toBe(plain)
  })
})

describe('the remaining time', () => {
  it.each([
    [600_000, '10:00'],
    [599_001, '10:00'],
    [59_000, '00:59'],
    [1, '00:01'],
    [0, '00:00'],
  ])('%i ms are %s', (ms, text) => {
    expect(formatCountdown(ms)).toBe(text)
  })
})
