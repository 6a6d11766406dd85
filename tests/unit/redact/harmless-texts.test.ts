/** Texts about credentials that hold none: all stay as they are, for people, and as arguments of a call. */
import { describe, expect, it } from 'vitest'
import { redactText, redactValue, sanitizeText } from '../../../server/results'
import { harmlessTexts } from '../../support/redaction/harmless-texts'
import { randomFrom } from '../../support/redaction/random'

const texts = harmlessTexts(randomFrom(20_261_129))

it('are more than three hundred', () => {
  expect(texts.length).toBeGreaterThan(300)
})

describe('a harmless text', () => {
  it.each(texts)('$name', ({ text }) => {
    const seen = sanitizeText(text)
    expect(redactText(seen)).toBe(seen)
    expect(redactValue({ note: seen })).toEqual({ note: seen })
  })
})
