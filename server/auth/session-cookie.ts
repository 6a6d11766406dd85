/**
 * The session of a user who entered the token: a sealed cookie, valid for all replicas with the same token. Sessions
 * ended early are remembered here.
 */
import { randomUUID } from 'node:crypto'
import {
  appendResponseHeader,
  deleteCookie,
  getCookie,
  getRequestHeader,
  sealSession,
  setCookie,
  unsealSession,
} from 'h3'
import type { H3Event, SessionConfig } from 'h3'
import { msg } from '#shared/messages/create'
import { LoginError } from './errors'
import { instanceHash, sessionKey } from './token'

const MAX_AGE_SECONDS = 12 * 3600

/** Browsers send at most 4 KiB, so longer values are not ours. */
const MAX_SEALED_LENGTH = 4096

export interface CookiePlace {
  /** For a page in a frame of another site: only such a cookie is kept and sent there, and only below that site. */
  isPartitioned: boolean
}

/**
 * Cookies ignore ports and, at `/`, paths: the hash keeps assistants behind one host name apart.
 * @param hash of the instance
 */
export function sessionCookieName(hash: string, isSecure: boolean): string {
  return `${isSecure ? '__Host-' : ''}k8s-ai-session-${hash}`
}

export class SessionCookies {
  private readonly config: SessionConfig
  private readonly hash: string
  /** Ended sessions and their expiry. */
  private readonly ended = new Map<string, number>()

  /** @param token the shared token, from which key and name are derived */
  constructor(token: string) {
    this.hash = instanceHash(token)
    this.config = { name: 'session', password: sessionKey(token), maxAge: MAX_AGE_SECONDS, sessionHeader: false }
  }

  /**
   * Starts a session by setting the cookie.
   * @param data sealed in it
   * @throws LoginError if it does not fit
   */
  async begin(event: H3Event, { isPartitioned }: CookiePlace, data: Record<string, unknown> = {}): Promise<void> {
    const session = { id: randomUUID(), createdAt: Date.now(), data }
    event.context.sessions = { [this.config.name ?? '']: session }
    const sealed = await sealSession(event, this.config)
    if (sealed.length > MAX_SEALED_LENGTH) throw new LoginError(msg('login-too-large'))
    const place = isPartitioned && isSecure(event) ? PARTITIONED : { sameSite: 'strict' as const }
    setCookie(event, this.nameFor(event), sealed, { ...cookieOptions(event), ...place, maxAge: MAX_AGE_SECONDS })
  }

  /** Whether the request has a valid session. */
  async isOpen(event: H3Event): Promise<boolean> {
    return (await this.dataOf(event)) !== undefined
  }

  /** What `begin` was given; undefined without a valid session. */
  async dataOf(event: H3Event): Promise<unknown> {
    const session = await this.sessionOf(event)
    return session?.id === undefined || this.ended.has(session.id) ? undefined : (session.data ?? {})
  }

  /** Ends the session, including copies of its cookie, and removes the cookie. */
  async end(event: H3Event): Promise<void> {
    const id = (await this.sessionOf(event))?.id
    const now = Date.now()
    for (const [each, until] of this.ended) if (until < now) this.ended.delete(each)
    if (id !== undefined) this.ended.set(id, now + MAX_AGE_SECONDS * 1000)
    const name = this.nameFor(event)
    deleteCookie(event, name, { ...cookieOptions(event), sameSite: 'strict' })
    // A partitioned cookie is another one to the browser. h3 writes one header for each name.
    const removed = [`${name}=`, 'Max-Age=0', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned'].join('; ')
    if (isSecure(event)) appendResponseHeader(event, 'set-cookie', removed)
  }

  private async sessionOf(event: H3Event) {
    const sealed = getCookie(event, sessionCookieName(this.hash, true)) ?? getCookie(event, this.nameFor(event))
    if (!sealed || sealed.length > MAX_SEALED_LENGTH) return undefined
    // Forged, of another token, or expired.
    return await unsealSession(event, this.config, sealed).catch(() => undefined)
  }

  /** A proxy may tell the scheme for some requests only; browsers keep `__Host-` cookies to HTTPS by themselves. */
  private nameFor(event: H3Event): string {
    return sessionCookieName(this.hash, isSecure(event))
  }
}

const PARTITIONED = { sameSite: 'none', partitioned: true } as const

/** Path `/`: behind a proxy that strips a prefix, the server does not know the page's path. `__Host-` needs it, too. */
function cookieOptions(event: H3Event) {
  return { path: '/', httpOnly: true, secure: isSecure(event) } as const
}

export function isSecure(event: H3Event): boolean {
  const { socket } = event.node.req
  return (
    ('encrypted' in socket && socket.encrypted === true) ||
    /^https\b/i.test(getRequestHeader(event, 'x-forwarded-proto') ?? '')
  )
}
