import { expect, it } from 'vitest'
import { GrowingText } from '../../../server/agent/growing-text'

/** More pieces than are joined at once, of different lengths. */
const pieces = Array.from({ length: 300 }, (_, at) => String(at).repeat(1 + (at % 3)))

it('is what was added, and what was added since any time', () => {
  const text = new GrowingText()
  let whole = ''
  for (const piece of pieces) {
    text.add(piece)
    whole += piece
    expect(text.length).toBe(whole.length)
    expect(text.since(whole.length - piece.length)).toBe(piece)
  }
  expect(`${text}`).toBe(whole)
  for (let length = 0; length <= whole.length; length++) expect(text.since(length)).toBe(whole.slice(length))
})

it('is empty at first', () => {
  const text = new GrowingText()
  expect([`${text}`, text.length, text.since(0)]).toEqual(['', 0, ''])
})
