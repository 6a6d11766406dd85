import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { createEvent } from 'h3'
import type { H3Event } from 'h3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SessionCookies } from '../../../server/auth/session-cookie'

const TOKEN = 'a-token-of-some-length'
const HOUR_MS = 3_600_000

function eventWith(cookie?: string, proto = 'http'): H3Event {
  const request = new IncomingMessage(new Socket())
  request.headers['x-forwarded-proto'] = proto
  if (cookie !== undefined) request.headers.cookie = cookie
  return createEvent(request, new ServerResponse(request))
}

/** The cookie of a session that begins now, as a browser sends it back. */
async function begin(cookies: SessionCookies): Promise<string> {
  return (await headerOf(cookies)).split(';')[0] ?? ''
}

async function headerOf(cookies: SessionCookies, proto = 'http', isPartitioned = false): Promise<string> {
  const event = eventWith(undefined, proto)
  await cookies.begin(event, { isPartitioned })
  return String(event.node.res.getHeader('set-cookie'))
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

describe('its cookie', () => {
  it('has the prefix __Host- over HTTPS, and is bound to the site', async () => {
    const header = await headerOf(new SessionCookies(TOKEN), 'https')
    expect(header).toMatch(/^__Host-k8s-ai-session-[0-9a-f]{8}=/)
    expect(header).toMatch(/Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  })

  it('has no prefix over HTTP, where browsers would drop it', async () => {
    const header = await headerOf(new SessionCookies(TOKEN))
    expect(header).toMatch(/^k8s-ai-session-[0-9a-f]{8}=/)
    expect(header).toMatch(/HttpOnly; SameSite=Strict$/)
  })

  it('is partitioned only where the page asks for it, and over HTTPS', async () => {
    const cookies = new SessionCookies(TOKEN)
    expect(await headerOf(cookies, 'https', true)).toMatch(/Secure; SameSite=None; Partitioned$/)
    expect(await headerOf(cookies, 'http', true)).toMatch(/SameSite=Strict$/)
  })

  it('has another name for another token, and the same on every replica', async () => {
    const nameOf = async (token: string) => (await begin(new SessionCookies(token))).split('=')[0]
    expect(await nameOf(TOKEN)).toBe(await nameOf(TOKEN))
    expect(await nameOf(`${TOKEN}!`)).not.toBe(await nameOf(TOKEN))
  })

  it('is not taken without the prefix over HTTPS', async () => {
    const cookies = new SessionCookies(TOKEN)
    const cookie = await begin(cookies)
    expect(await cookies.isOpen(eventWith(cookie, 'https'))).toBe(false)
    expect(await cookies.isOpen(eventWith(`__Host-${cookie}`, 'https'))).toBe(true)
  })

  it('is removed from the frame of another site, too', async () => {
    const event = eventWith(undefined, 'https')
    await new SessionCookies(TOKEN).end(event)
    const removed = event.node.res.getHeader('set-cookie')
    expect(removed).toEqual([
      expect.stringMatching(/Max-Age=0.*SameSite=Strict$/),
      expect.stringMatching(/Max-Age=0.*SameSite=None; Partitioned$/),
    ])
  })
})
