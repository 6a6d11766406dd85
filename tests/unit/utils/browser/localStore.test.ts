import { afterEach, describe, expect, it, vi } from 'vitest'
import { storeEntry } from '../../../../utils/browser/localStore'

/** @param isFull refuses every write, as a browser whose quota is used up */
function stubStorage({ stored, isFull = false }: { stored: Record<string, string>; isFull?: boolean }): void {
  let text = JSON.stringify(stored)
  vi.stubGlobal('localStorage', {
    getItem: () => text,
    setItem: (_: string, value: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      text = value
    },
  })
}

afterEach(() => vi.unstubAllGlobals())

describe('an entry of a stored map', () => {
  it('is changed beside those that another tab has written', () => {
    stubStorage({ stored: { other: 'of another tab' } })
    expect(storeEntry('drafts', { own: 'before' }, 'own', 'now')).toEqual({ other: 'of another tab', own: 'now' })
  })

  it('is changed beside those in memory if the storage is full', () => {
    stubStorage({ stored: {}, isFull: true })
    expect(storeEntry('drafts', { first: 'not stored' }, 'second', 'now')).toEqual({
      first: 'not stored',
      second: 'now',
    })
    expect(storeEntry('drafts', { first: 'not stored', second: 'now' }, 'first', undefined)).toEqual({ second: 'now' })
  })
})
