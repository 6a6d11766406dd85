import { describe, expect, it } from 'vitest'
import { isInstalled } from '../../../scripts/install.mjs'
import { isNewEnough } from '../../../scripts/node.mjs'

const wanted = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '2.0.0' },
  'node_modules/a-darwin': { version: '2.0.0', optional: true },
}

describe('what counts as installed', () => {
  it('is every package in its version, without those of other platforms', () => {
    expect(isInstalled(wanted, { 'node_modules/a': { version: '2.0.0' } })).toBe(true)
  })

  it.each([
    ['nothing', {}],
    ['an older version', { 'node_modules/a': { version: '1.9.0' } }],
    [
      'an optional one of another version',
      { 'node_modules/a': { version: '2.0.0' }, 'node_modules/a-darwin': { version: '1.0.0' } },
    ],
  ])('is not %s', (_, installed) => {
    expect(isInstalled(wanted, installed)).toBe(false)
  })
})

describe('a Node that Nuxt takes', () => {
  it.each(['22.19.0', '24.11.0', '24.21.0', '26.0.0', '27.1.0'])('is %s', (version) => {
    expect(isNewEnough(version)).toBe(true)
  })

  it.each(['20.20.2', '22.18.0', '23.9.0', '24.10.0', '25.2.0'])('is not %s', (version) => {
    expect(isNewEnough(version)).toBe(false)
  })
})
