/** A short-lived sealed cookie: what a login must remember while the browser is at the identity provider. */
import { deleteCookie, getCookie, sealSession, setCookie, unsealSession } from 'h3'
import type { H3Event, SessionConfig } from 'h3'
import { randomUUID } from 'node:crypto'
import { isSecure } from '../session-cookie'
import { sessionKey } from '../token'

const NAME = 'k8s-ai-login'
const MAX_AGE_SECONDS = 600

export class SealedCookie {
  private readonly config: SessionConfig

  constructor(secret: string) {
    const password = sessionKey(`${secret} login`)
    this.config = { name: NAME, password, maxAge: MAX_AGE_SECONDS, sessionHeader: false }
  }

  async write(event: H3Event, data: Record<string, string>): Promise<void> {
    event.context.sessions = { [NAME]: { id: randomUUID(), createdAt: Date.now(), data } }
    const sealed = await sealSession(event, this.config)
    setCookie(event, NAME, sealed, { ...optionsOf(event), maxAge: MAX_AGE_SECONDS })
  }

  /** Works once. @returns undefined if there is none, or none of ours */
  async take(event: H3Event): Promise<unknown> {
    const sealed = getCookie(event, NAME)
    if (sealed === undefined) return undefined
    deleteCookie(event, NAME, optionsOf(event))
    return (await unsealSession(event, this.config, sealed).catch(() => undefined))?.data
  }
}

/** Lax: the browser comes back from another site. */
function optionsOf(event: H3Event) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(event) } as const
}
