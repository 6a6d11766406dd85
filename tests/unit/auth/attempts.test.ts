import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { createEvent } from 'h3'
import { describe, expect, it } from 'vitest'
import { Attempts } from '../../../server/auth/attempts'
import { LoginError, TooManyAttemptsError } from '../../../server/auth/errors'

const SECRET = 'the-secret-of-this-test'

function eventFrom(address: string) {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: address })
  const request = new IncomingMessage(socket)
  return createEvent(request, new ServerResponse(request))
}

/** Ten wrong secrets, each from the next of these addresses. */
function guess(attempts: Attempts, addresses: readonly string[]): void {
  for (let at = 0; at < 10; at++) {
    const event = eventFrom(addresses[at % addresses.length] ?? '')
    expect(() => attempts.check(event, `wrong-${at}`, SECRET)).toThrow(LoginError)
  }
}

describe('the attempts to log in', () => {
  it.each([
    ['an address', ['192.0.2.1'], '192.0.2.1'],
    ['an IPv4 address written as IPv6', ['::ffff:192.0.2.1'], '::ffff:192.0.2.1'],
    ['the network of an IPv6 client', ['2001:db8:0:1::1', '2001:db8::1:2:3:4:5'], '2001:db8:0:1:ffff::9'],
  ])('refuse even the right secret after ten wrong ones from %s', (_, guessing, later) => {
    const attempts = new Attempts()
    guess(attempts, guessing)
    expect(() => attempts.check(eventFrom(later), SECRET, SECRET)).toThrow(TooManyAttemptsError)
  })

  it.each([
    ['192.0.2.1', '192.0.2.2'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
    ['2001:db8:0:1::1', '2001:db8:0:2::1'],
  ])('of %s are not those of %s', (guessing, other) => {
    const attempts = new Attempts()
    guess(attempts, [guessing])
    expect(() => attempts.check(eventFrom(other), SECRET, SECRET)).not.toThrow()
  })

  it('are not used up by the right secret', () => {
    const attempts = new Attempts()
    for (let at = 0; at < 20; at++) attempts.check(eventFrom('192.0.2.1'), SECRET, SECRET)
  })
})
