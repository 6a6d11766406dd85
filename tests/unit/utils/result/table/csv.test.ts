import { describe, expect, it } from 'vitest'
import { toCsv } from '../../../../../utils/result/table/csv'

describe('toCsv', () => {
  it('separates records with CRLF and ends without one', () => {
    expect(
      toCsv(
        ['NAMESPACE', 'NAME'],
        [
          ['shop', 'cart'],
          ['shop', 'web'],
        ],
      ),
    ).toBe('NAMESPACE,NAME\r\nshop,cart\r\nshop,web')
  })

  it('quotes what holds a comma, a quote or a line break', () => {
    expect(toCsv(['A'], [['a,b'], ['say "hi"'], ['two\nlines'], ['cr\rhere']])).toBe(
      'A\r\n"a,b"\r\n"say ""hi"""\r\n"two\nlines"\r\n"cr\rhere"',
    )
  })

  it('keeps cells exactly as they are', () => {
    expect(toCsv(['A'], [['=1+1'], [' padded '], ['<none>']])).toBe('A\r\n=1+1\r\n padded \r\n<none>')
  })
})
