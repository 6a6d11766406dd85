import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../../shared/findings'
import { parseRunbook, runbookFor } from '../../../../mcp/diagnose/runbooks/runbook'

const text = { code: 'crash-refused', params: {}, text: '' }
const FINDING: Finding = {
  check: 'container-crash',
  severity: 'critical',
  certainty: 'certain',
  object: { kind: 'Pod', name: 'api-1' },
  objects: 1,
  cause: text,
  evidence: [],
  next: text,
  reference: '',
  chain: [{ object: { kind: 'Deployment', name: 'api' }, state: text }],
}

function titleFor(...sources: [name: string, source: string][]): string | undefined {
  return runbookFor(
    FINDING,
    sources.flatMap(([name, source]) => parseRunbook(name, source) ?? []),
  )?.title
}

describe('a runbook', () => {
  it('without a head is for the check of its name', () => {
    expect(titleFor(['container-crash', '# Crashes\n\nLook.'])).toBe('Crashes')
    expect(titleFor(['image-pull', '# Images'])).toBeUndefined()
  })

  it('for the cause wins over one for the check, and one for the kind of what breaks over one for any', () => {
    expect(
      titleFor(
        ['a', '---\nfindings: container-crash\ntitle: Check\n---\nx'],
        ['b', '---\nfindings: [crash-refused]\ntitle: Cause\n---\nx'],
      ),
    ).toBe('Cause')
    expect(
      titleFor(
        ['a', '---\nfindings: container-crash\ntitle: Any\n---\nx'],
        ['b', '---\nfindings: container-crash\nkinds: Deployment\ntitle: Deployment\n---\nx'],
      ),
    ).toBe('Deployment')
  })

  it('for another kind does not count', () => {
    expect(titleFor(['a', '---\nfindings: container-crash\nkinds: Node\ntitle: Node\n---\nx'])).toBeUndefined()
  })

  it('with a head that is not valid is left out', () => {
    expect(parseRunbook('a', '---\nfindings: {a: 1}\n---\nx')).toBeUndefined()
    expect(parseRunbook('a', '---\n: : [\n---\nx')).toBeUndefined()
  })
})
