import { describe, expect, it } from 'vitest'
import { jsonPieces } from '../../../server/stream/json-pieces'

const long = 'a "quoted"\n\u2028 line 😀 '.repeat(20_000)

describe('JSON in pieces', () => {
  it.each([
    ['what is small', { a: 1, b: [true, null, 'x'], c: { d: -0.5 }, 'e"': '' }],
    ['what is empty', { a: {}, b: [], c: '' }],
    ['what is undefined', { a: undefined, b: [undefined, 1], c: { d: undefined } }],
    ['no object', 'text'],
    ['a long string', { kind: 'log', text: long }],
    ['long arrays', { kind: 'table', rows: Array.from({ length: 1000 }, (_, at) => [`pod-${at}`, null, { at }]) }],
    ['an array as long as one piece', Array.from({ length: 64 }, (_, at) => at)],
    ['a pair of surrogates on the border', `${'x'.repeat(64 * 1024 - 1)}😀${'y'.repeat(100)}`],
    ['half a pair', `\ud83d${'x'.repeat(70_000)}\ude00`],
  ])('is the JSON of %s', (_, value) => {
    expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value))
  })

  it('has no large piece for a large result', () => {
    const rows = Array.from({ length: 40_000 }, (_, at) => [`pod-${at}`, 'Running', '1/1'])
    const longest = Math.max(...[...jsonPieces({ rows, text: long })].map((piece) => piece.length))
    expect(longest).toBeLessThan(150_000)
  })
})
