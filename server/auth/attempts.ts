/** Compares secrets that clients send, a few times a minute, so that none can be guessed. */
import { isIPv6 } from 'node:net'
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import { Rate } from '../limits/rate'
import { LoginError, TooManyAttemptsError } from './errors'
import { isSameToken } from './token'

/** Allowed wrong secrets per minute and client network. */
const MAX_ATTEMPTS = 10

/** One for each login mode. */
export class Attempts {
  private readonly failures = new Rate(MAX_ATTEMPTS)

  /**
   * @param given what the client sent
   * @throws LoginError; TooManyAttemptsError even for the right secret, which could otherwise be guessed
   */
  check(event: H3Event, given: string, secret: string): void {
    const client = networkOf(event.node.req.socket.remoteAddress)
    const seconds = this.failures.wait(client)
    if (seconds > 0) throw new TooManyAttemptsError(seconds)
    if (isSameToken(given, secret)) return
    this.failures.take(client)
    throw new LoginError(msg('login-wrong-token'))
  }
}

/** One IPv6 client may use 2^64 addresses. */
function networkOf(address = ''): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean))
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail].slice(0, 4).join(':')
}
