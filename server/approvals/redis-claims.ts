/** Claims of several replicas, in Redis: `SET … NX` decides. */
import { createClient } from '@redis/client'
import type { Claims } from './claims'

const PREFIX = 'k8s-ai-assistant:approval:'

/** How long a claim may take, in milliseconds. */
const COMMAND_MS = 3000

/** Remembered for longer than the approval lasts: the clocks of replicas differ. */
const MARGIN_MS = 60_000

export interface RedisClaimsLog {
  warn: (fields: object, message: string) => void
}

/**
 * Connects in the background and goes on trying; while there is no connection every claim fails.
 * @param url `redis://` or `rediss://`, with credentials where it needs them
 */
export function redisClaims(url: string, log: RedisClaimsLog): Claims {
  const client = createClient({
    url,
    // A claim that waits for a connection would be answered when nobody expects it any more.
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_MS },
    socket: { connectTimeout: COMMAND_MS, reconnectStrategy: (tries) => Math.min(5000, 100 * 2 ** tries) },
  })
  client.on('error', (error: unknown) => {
    // Its words hold the address alone, never the password.
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Redis cannot be reached')
  })
  client.connect().catch(() => undefined)
  return {
    claim: async (id, expiresAt) => {
      const keepMs = Math.max(1000, expiresAt - Date.now()) + MARGIN_MS
      const set = await client.set(`${PREFIX}${id}`, '1', {
        condition: 'NX',
        expiration: { type: 'PX', value: Math.ceil(keepMs) },
      })
      return set === 'OK'
    },
    close: async () => {
      client.destroy()
    },
  }
}
