import { describe, expect, it } from 'vitest'
import { isPeer, peerList, readProxyUser } from '../../../server/auth/proxy-user'

/** As Node hands on a header's bytes. */
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

describe('the name that a proxy gives', () => {
  it.each([
    ['ada', 'ada'],
    [' ada@example.com ', 'ada@example.com'],
    [latin1('Đặng Ân'), 'Đặng Ân'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('%j is %j', (value, name) => expect(readProxyUser(value)).toBe(name))

  it.each([
    undefined,
    '',
    '  ',
    'x'.repeat(201),
    'ada, eve',
    'ada\teve',
    'ada\u0000',
    latin1('ada\u202eeve'),
    latin1('ada\u200b'),
    latin1('ada\u2028eve'),
    'caf\xe9',
  ])('%j is none', (value) => expect(readProxyUser(value)).toBeUndefined())
})

describe('the peers', () => {
  it.each([
    ['10.0.0.5', true],
    ['10.0.0.6', false],
    ['::ffff:10.0.0.5', true],
    ['::FFFF:10.0.0.5', true],
    ['172.16.3.4', true],
    ['172.17.0.1', false],
    ['2001:db8::1', true],
    ['2001:db9::1', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (address, isOne) => {
    expect(isPeer(address, peerList(['10.0.0.5', '172.16.0.0/16', '2001:db8::/32']))).toBe(isOne)
  })
})
