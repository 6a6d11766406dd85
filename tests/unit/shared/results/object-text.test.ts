import { describe, expect, it } from 'vitest'
import type { ObjectResult, Section } from '../../../../shared/result'
import { objectText } from '../../../../shared/results/object-text'
import { estimateTokens } from '../../../../shared/results/tokens'

const essential: Section[] = [
  {
    title: 'Containers',
    columns: ['NAME', 'STATE', 'LAST STATE'],
    rows: [['app', 'running for 5m', 'OOMKilled, exit code 137']],
  },
  {
    title: 'Conditions',
    columns: ['TYPE', 'STATUS'],
    rows: [
      ['Ready', 'False'],
      ['Initialized', 'True'],
    ],
  },
  { title: 'Events', columns: ['LAST SEEN', 'COUNT', 'TYPE', 'REASON'], rows: [['20s', '27', 'Warning', 'BackOff']] },
]

function numbered(count: number, text: (index: number) => string): string[][] {
  return Array.from({ length: count }, (_, index) => ['app', `NAME_${index}`, text(index)])
}

const bulky: Section[] = [
  {
    title: 'Environment',
    columns: ['CONTAINER', 'NAME', 'VALUE'],
    rows: numbered(300, (index) => `value-${index}-of-a-variable`),
  },
  { title: 'Volumes', columns: ['NAME', 'TYPE', 'SOURCE'], rows: numbered(40, () => 'configMap') },
  { title: 'Annotations', text: 'checksum/config: 0b6c6f5e\n'.repeat(60).trim() },
]

function pod(sections: Section[], more: Partial<ObjectResult> = {}): ObjectResult {
  return {
    kind: 'object',
    object: { kind: 'Pod', apiVersion: 'v1', name: 'web-0', namespace: 'shop' },
    verdict: 'bad',
    reason: 'OOMKilled',
    sections,
    ...more,
  }
}

describe('objectText', () => {
  it('begins with the object, its verdict and the reason', () => {
    expect(objectText(pod(essential)).split('\n')[0]).toBe('Pod web-0 in namespace shop: bad (OOMKilled)')
  })

  it('writes everything if it fits', () => {
    const text = objectText(pod([...essential, { title: 'Labels', text: 'app=web' }]))
    expect(text).toContain('Labels: app=web')
    expect(text).not.toContain('Left out')
  })

  it('keeps states, conditions and events when environment, volumes and annotations are cut', () => {
    const text = objectText(pod([...essential, ...bulky]))
    for (const fact of ['OOMKilled, exit code 137', 'Ready | False', '20s | 27 | Warning | BackOff'])
      expect(text).toContain(fact)
    expect(text).toMatch(/Left out here: .*of 300 lines of Environment/)
    expect(estimateTokens(text)).toBeLessThanOrEqual(1200)
  })

  it.each([150, 300, 600, 1200])('keeps them within %i tokens', (maxTokens) => {
    const text = objectText(pod([...essential, ...bulky]), { maxTokens })
    expect(text).toContain('OOMKilled, exit code 137')
    expect(text).toContain('20s | 27 | Warning | BackOff')
    expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens)
  })

  it('shortens long tables of events to their first rows and says how many are missing', () => {
    const rows = Array.from({ length: 40 }, (_, index) => [
      `${index}m`,
      '1',
      'Warning',
      `Reason${index}`,
      'a message of some length '.repeat(6),
    ])
    const text = objectText(
      pod([{ title: 'Events', columns: ['LAST SEEN', 'COUNT', 'TYPE', 'REASON', 'MESSAGE'], rows }]),
      { maxTokens: 500 },
    )
    expect(text).toContain('Reason0')
    expect(text).not.toContain('Reason39')
    expect(text).toMatch(/Left out here: \d+ of 40 lines of Events/)
  })

  it.each([90, 120, 200, 350])('cuts essential sections within %i tokens and reports it', (maxTokens) => {
    const rows = Array.from({ length: 30 }, (_, index) => [
      `container-${index}`,
      'waiting: CrashLoopBackOff',
      'Error, exit code 1',
    ])
    const many: Section[] = ['Containers', 'Conditions', 'Events', 'Pods', 'Endpoints', 'Rules'].map((title) => ({
      title,
      columns: ['NAME', 'STATE', 'LAST STATE'],
      rows,
    }))
    const text = objectText(pod(many), { maxTokens })
    expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens)
    expect(text).toContain('container-0 | waiting: CrashLoopBackOff')
    expect(text.split('\n').at(-1)).toMatch(/^Left out here: /)
  })

  it('writes notes about unread parts before the sections', () => {
    const note = { code: 'part-not-read', params: {}, text: 'Events were not read: User dev may not list events.' }
    const coverage = { scope: 'object' as const, shown: 1, complete: false, notes: [note] }
    expect(objectText(pod([...essential, ...bulky], { coverage })).split('\n')[1]).toBe(note.text)
  })
})
