/** Signs grants, and opens only those signed with the same key: `payload.signature`, both in base64url. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '#shared/text/canonical-json'
import { grantSchema } from './grant'
import type { Grant } from './grant'

/** Separates these signatures from other uses of the key. */
const PURPOSE = 'k8s-ai-assistant/approval/v1\n'

/** HMAC-SHA256. */
export class GrantSeal {
  /** @param key at least 32 bytes */
  constructor(private readonly key: Buffer) {
    if (key.length < 32) throw new RangeError('a key of at least 32 bytes is needed')
  }

  sign(grant: Grant): string {
    const payload = Buffer.from(canonicalJson(grant), 'utf8').toString('base64url')
    return `${payload}.${this.mac(payload).toString('base64url')}`
  }

  /** @returns undefined for anything not signed with this key */
  open(signature: string): Grant | undefined {
    const dot = signature.indexOf('.')
    if (dot < 0) return undefined
    const payload = signature.slice(0, dot)
    const given = Buffer.from(signature.slice(dot + 1), 'base64url')
    const right = this.mac(payload)
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    const text = Buffer.from(payload, 'base64url').toString('utf8')
    return grantSchema.safeParse(JSON.parse(text)).data
  }

  private mac(payload: string): Buffer {
    return createHmac('sha256', this.key).update(PURPOSE).update(payload).digest()
  }
}
