/**
 * The session of somebody who traded the token for it: a sealed cookie, so that any replica with the same token knows it.
 * Those that were ended before their time are remembered here.
 */
import { randomUUID } from 'node:crypto'
import { deleteCookie, getCookie, getRequestHeader, sealSession, setCookie, unsealSession } from 'h3'
import type { H3Event, SessionConfig } from 'h3'
import { sessionKey } from './token'

const NAME = 'k8s-ai-session'
const MAX_AGE_SECONDS = 12 * 3600

/** A browser sends 4 KiB at most; what is longer is none of ours, and not worth opening. */
const MAX_SEALED_LENGTH = 4096

export class SessionCookies {
  private readonly config: SessionConfig
  /** Ids of sessions that were ended, and when they would have ended by themselves. */
  private readonly ended = new Map<string, number>()

  /** @param token the shared one, of which the key is made */
  constructor(token: string) {
    this.config = { name: NAME, password: sessionKey(token), maxAge: MAX_AGE_SECONDS, sessionHeader: false }
  }

  /** Begins a session: sets the cookie. */
  async begin(event: H3Event): Promise<void> {
    const session = { id: randomUUID(), createdAt: Date.now(), data: {} }
    event.context.sessions = { [NAME]: session }
    const sealed = await sealSession(event, this.config)
    setCookie(event, NAME, sealed, { ...cookieOptions(event), maxAge: MAX_AGE_SECONDS })
  }

  /** Whether the request comes with a session that is open. */
  async isOpen(event: H3Event): Promise<boolean> {
    const id = await this.idOf(event)
    return id !== undefined && !this.ended.has(id)
  }

  /** Ends the request's session, also for copies of its cookie, and removes the cookie. */
  async end(event: H3Event): Promise<void> {
    const id = await this.idOf(event)
    const now = Date.now()
    for (const [each, until] of this.ended) if (until < now) this.ended.delete(each)
    if (id !== undefined) this.ended.set(id, now + MAX_AGE_SECONDS * 1000)
    deleteCookie(event, NAME, cookieOptions(event))
  }

  private async idOf(event: H3Event): Promise<string | undefined> {
    const sealed = getCookie(event, NAME)
    if (!sealed || sealed.length > MAX_SEALED_LENGTH) return undefined
    // Forged, of another token, or too old.
    return (await unsealSession(event, this.config, sealed).catch(() => undefined))?.id
  }
}

/** The whole path: behind a proxy that strips a prefix, the server does not know where the page is. */
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
