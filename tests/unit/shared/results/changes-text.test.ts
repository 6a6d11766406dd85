import { describe, expect, it } from 'vitest'
import type { ChangesResult } from '../../../../shared/changes/what-changed'
import { quotedWords } from '../../../../shared/messages/create'
import { changesText } from '../../../../shared/results/changes-text'
import { estimateTokens } from '../../../../shared/results/tokens'

function result(count: number, failing: number): ChangesResult {
  return {
    kind: 'changes',
    since: '2026-11-29T00:00:00Z',
    summary: quotedWords(`${count} changes`),
    changes: Array.from({ length: count }, (_, at) => ({
      at: new Date(Date.parse('2026-11-29T12:00:00Z') - at * 60_000).toISOString(),
      source: 'revision' as const,
      object: { kind: 'Deployment', name: `web-${at}`, namespace: 'shop' },
      what: quotedWords('Pod template changed, revision 2'),
      manager: quotedWords('kubectl set'),
      fields: [{ path: 'spec.template.spec.containers[web].image', before: 'web:1', after: 'web:2' }],
      moreFields: 0,
      ...(at === failing && {
        failure: { object: { kind: 'Pod', name: 'web-a' }, state: quotedWords('Image does not exist'), others: 0 },
      }),
    })),
    total: count,
  }
}

describe('changes for the model', () => {
  it('name the writer, the field with both values, and the failure', () => {
    const text = changesText(result(1, 0), { maxTokens: 600 })
    expect(text).toContain('by kubectl set')
    expect(text).toContain('image web:1 → web:2')
    expect(text).toContain('Pod web-a: Image does not exist')
  })

  it('stay within 600 tokens, and keep the change that a failure followed', () => {
    const text = changesText(result(50, 49), { maxTokens: 5000 })
    expect(estimateTokens(text)).toBeLessThanOrEqual(600)
    expect(text).toContain('web-49')
    expect(text).toMatch(/\d+ more changes are left out/)
  })
})
