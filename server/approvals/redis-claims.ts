/**
 * Claims of several replicas in Redis. An approval is open while its key exists; `SET … XX GET` claims it. Only Redis
 * measures time, so replicas' clocks do not matter.
 */
import { createClient } from '@redis/client'
import type { Claims } from './claims'

const PREFIX = 'k8s-ai-assistant:approval:'

/** Time limit of a claim, in milliseconds. */
const COMMAND_MS = 3000

/** A key outlives its approval, so that a late answer is still recognised as used. In milliseconds. */
const MARGIN_MS = 60_000

export interface RedisClaimsLog {
  warn: (fields: object, message: string) => void
}

/**
 * Connects in the background and keeps trying; without a connection every claim fails.
 * @param url `redis://` or `rediss://`, with credentials if needed
 */
export function redisClaims(url: string, log: RedisClaimsLog): Claims {
  const client = createClient({
    url,
    // A queued claim could be answered after its caller has given up.
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_MS },
    socket: { connectTimeout: COMMAND_MS, reconnectStrategy: (tries) => Math.min(5000, 100 * 2 ** tries) },
  })
  client.on('error', (error: unknown) => {
    // The message contains the address but not the password.
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Redis cannot be reached')
  })
  client.connect().catch(() => undefined)
  const now = async () => {
    const [seconds, microseconds] = await client.sendCommand<[string, string]>(['TIME'])
    return Number(seconds) * 1000 + Number(microseconds) / 1000
  }
  return {
    now,
    open: async (id, expiresAt) => {
      const value = Math.ceil(Math.max(1000, expiresAt - (await now())) + MARGIN_MS)
      await client.set(`${PREFIX}${id}`, 'open', { expiration: { type: 'PX', value } })
    },
    claim: async (id) => {
      const before = await client.set(`${PREFIX}${id}`, 'used', { condition: 'XX', GET: true, expiration: 'KEEPTTL' })
      if (before === null) return 'gone'
      return before === 'open' ? 'claimed' : 'used'
    },
    close: async () => {
      client.destroy()
    },
  }
}
