import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { createEvent } from 'h3'
import type { H3Event } from 'h3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SessionCookies } from '../../../server/auth/session-cookie'

const TOKEN = 'a-token-of-some-length'
const HOUR_MS = 3_600_000

function eventWith(cookie?: string): H3Event {
  const request = new IncomingMessage(new Socket())
  if (cookie !== undefined) request.headers.cookie = cookie
  return createEvent(request, new ServerResponse(request))
}

/** The cookie of a session that begins now, as a browser sends it back. */
async function begin(cookies: SessionCookies): Promise<string> {
  const event = eventWith()
  await cookies.begin(event)
  return String(event.node.res.getHeader('set-cookie')).split(';')[0] ?? ''
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('a session', () => {
  it('lasts twelve hours', async () => {
    const cookies = new SessionCookies(TOKEN)
    const cookie = await begin(cookies)
    expect(await cookies.isOpen(eventWith(cookie))).toBe(true)
    vi.setSystemTime(Date.now() + 11.9 * HOUR_MS)
    expect(await cookies.isOpen(eventWith(cookie))).toBe(true)
    vi.setSystemTime(Date.now() + 0.2 * HOUR_MS)
    expect(await cookies.isOpen(eventWith(cookie))).toBe(false)
  })

  it('is known to every process with the same token, and to none with another', async () => {
    const cookie = await begin(new SessionCookies(TOKEN))
    expect(await new SessionCookies(TOKEN).isOpen(eventWith(cookie))).toBe(true)
    expect(await new SessionCookies(`${TOKEN}!`).isOpen(eventWith(cookie))).toBe(false)
  })

  it('can be ended, without the others', async () => {
    const cookies = new SessionCookies(TOKEN)
    const [one, other] = [await begin(cookies), await begin(cookies)]
    await cookies.end(eventWith(one))
    expect(await cookies.isOpen(eventWith(one))).toBe(false)
    expect(await cookies.isOpen(eventWith(other))).toBe(true)
  })
})
