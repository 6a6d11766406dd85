/**
 * The session of a user who entered the token: a sealed cookie, valid for all replicas with the same token. Sessions
 * ended early are remembered here.
 */
import { randomUUID } from 'node:crypto'
import { deleteCookie, getCookie, getRequestHeader, sealSession, setCookie, unsealSession } from 'h3'
import type { H3Event, SessionConfig } from 'h3'
import { sessionKey } from './token'

export const SESSION_COOKIE = 'k8s-ai-session'
const MAX_AGE_SECONDS = 12 * 3600

/** Browsers send at most 4 KiB, so longer values are not ours. */
const MAX_SEALED_LENGTH = 4096

export class SessionCookies {
  private readonly config: SessionConfig
  /** Ended sessions and their expiry. */
  private readonly ended = new Map<string, number>()

  /** @param token the shared token, from which the key is derived */
  constructor(token: string) {
    this.config = { name: SESSION_COOKIE, password: sessionKey(token), maxAge: MAX_AGE_SECONDS, sessionHeader: false }
  }

  /** Starts a session by setting the cookie. */
  async begin(event: H3Event): Promise<void> {
    const session = { id: randomUUID(), createdAt: Date.now(), data: {} }
    event.context.sessions = { [SESSION_COOKIE]: session }
    const sealed = await sealSession(event, this.config)
    setCookie(event, SESSION_COOKIE, sealed, { ...cookieOptions(event), maxAge: MAX_AGE_SECONDS })
  }

  /** Whether the request has a valid session. */
  async isOpen(event: H3Event): Promise<boolean> {
    const id = await this.idOf(event)
    return id !== undefined && !this.ended.has(id)
  }

  /** Ends the session, including copies of its cookie, and removes the cookie. */
  async end(event: H3Event): Promise<void> {
    const id = await this.idOf(event)
    const now = Date.now()
    for (const [each, until] of this.ended) if (until < now) this.ended.delete(each)
    if (id !== undefined) this.ended.set(id, now + MAX_AGE_SECONDS * 1000)
    deleteCookie(event, SESSION_COOKIE, cookieOptions(event))
  }

  private async idOf(event: H3Event): Promise<string | undefined> {
    const sealed = getCookie(event, SESSION_COOKIE)
    if (!sealed || sealed.length > MAX_SEALED_LENGTH) return undefined
    // Forged, of another token, or expired.
    return (await unsealSession(event, this.config, sealed).catch(() => undefined))?.id
  }
}

/** Path `/`: behind a proxy that strips a prefix, the server does not know the page's path. */
function cookieOptions(event: H3Event) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(event) } as const
}

function isSecure(event: H3Event): boolean {
  const { socket } = event.node.req
  return (
    ('encrypted' in socket && socket.encrypted === true) ||
    /^https\b/i.test(getRequestHeader(event, 'x-forwarded-proto') ?? '')
  )
}
