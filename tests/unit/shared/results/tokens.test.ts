import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { estimateTokens, fitsInTokens } from '../../../../shared/results/tokens'

// Texts of a real cluster with their true number of tokens in o200k, counted by gpt-tokenizer.
const samples = z
  .array(z.object({ kind: z.string(), tokens: z.number(), text: z.string() }))
  .parse(JSON.parse(readFileSync(new URL('token-samples.json', import.meta.url), 'utf8')))

describe('the estimate of tokens', () => {
  it.each(samples)('is 0.95 to 1.3 times the true number for $kind', ({ text, tokens }) => {
    const ratio = estimateTokens(text) / tokens
    expect(ratio).toBeGreaterThanOrEqual(0.95)
    expect(ratio).toBeLessThanOrEqual(1.3)
  })

  it('is 0 for nothing, and grows with the text', () => {
    expect(estimateTokens('')).toBe(0)
    const [first] = samples
    const text = first?.text ?? ''
    let last = 0
    for (let length = 1; length <= text.length; length += 7) {
      const tokens = estimateTokens(text.slice(0, length))
      // A word that is longer may be read as another kind of word.
      expect(tokens).toBeGreaterThanOrEqual(last - 2)
      last = tokens
    }
  })

  const texts = [
    ...samples.map(({ text }) => text),
    '\u{1f680}'.repeat(300),
    '\u{1f680}',
    '7'.repeat(300),
    '{}[]'.repeat(80),
  ]
  it.each(texts)('allows exactly the texts that fit: %#', (text) => {
    const tokens = estimateTokens(text)
    expect(fitsInTokens(text, tokens)).toBe(true)
    expect(fitsInTokens(text, tokens - 1)).toBe(false)
    // Enough for any text of this length.
    expect(fitsInTokens(text, text.length * 2 + 2)).toBe(true)
  })

  it('takes lone surrogates and controls', () => {
    expect(estimateTokens('\ud800\u0000\u{1f680}')).toBeGreaterThan(0)
  })
})
