import { describe, expect, it } from 'vitest'
import { fileName } from '../../../../utils/browser/download'
import { formatDuration, formatTokens } from '../../../../utils/browser/format'
import { readArguments } from '../../../../utils/chat/toolArguments'

describe('readArguments', () => {
  it('lists keys and values in their order', () => {
    expect(readArguments({ namespace: 'shop', tail: 20, all: false, empty: '' })).toEqual([
      { key: 'namespace', value: 'shop' },
      { key: 'tail', value: '20' },
      { key: 'all', value: 'false' },
      { key: 'empty', value: '""' },
    ])
  })

  it('shows a value that is not an object unchanged', () => {
    expect(readArguments('broken {')).toEqual([{ key: '', value: 'broken {' }])
    expect(readArguments([1])).toEqual([{ key: '', value: '[\n  1\n]' }])
    expect(readArguments(undefined)).toEqual([])
    expect(readArguments({})).toEqual([])
  })
})

describe('format', () => {
  it('says durations in the fitting unit', () => {
    expect(formatDuration(182, 'en')).toBe('182 ms')
    expect(formatDuration(2140, 'en')).toBe('2.1 sec')
    expect(formatDuration(42_400, 'en')).toBe('42 sec')
    expect(formatDuration(119_900, 'en')).toBe('2 min 0 sec')
  })

  it('shortens token counts', () => {
    const short = (locale: string) => [940, 2100, 4096, 131_072].map((tokens) => formatTokens(tokens, locale))
    expect(short('en')).toEqual(['940', '2.1k', '4k', '128k'])
    expect(short('vi')).toEqual(['940', '2,1k', '4k', '128k'])
  })

  it('makes names that are files', () => {
    expect(fileName('shop/cart-6d5')).toBe('shop-cart-6d5')
    expect(fileName('../..')).toBe('download')
  })
})
