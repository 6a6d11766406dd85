import { describe, expect, it } from 'vitest'
import { estimateTokens } from '#shared/results/tokens'
import { fieldsText } from '#shared/results/fields-text'

const chart = {
  kind: 'chart',
  title: 'CPU of web',
  unit: 'm',
  points: [
    ['10:00', 120],
    ['10:05', 180],
  ],
  coverage: { notes: [{ text: '2 namespaces may not be listed.' }] },
}

describe('the text of a kind without one of its own', () => {
  it('has the notes first, then a line for each field and item', () => {
    expect(fieldsText(chart, { maxTokens: 200 })).toBe(
      [
        '2 namespaces may not be listed.',
        'title: CPU of web',
        'unit: m',
        'points:',
        '- ["10:00",120]',
        '- ["10:05",180]',
      ].join('\n'),
    )
  })

  it('keeps within its tokens and reports what it left out', () => {
    const long = { ...chart, points: Array.from({ length: 500 }, (_, index) => [`10:${index}`, index]) }
    const text = fieldsText(long, { maxTokens: 120 })
    expect(estimateTokens(text)).toBeLessThanOrEqual(120)
    expect(text).toMatch(/^2 namespaces may not be listed\./)
    expect(text.split('\n').at(-1)).toBe('(the rest is left out)')
  })
})
