/** The connection to Redis, which several replicas share. */
import { createClient } from '@redis/client'

/** Time limit of a command, in milliseconds. */
const COMMAND_MS = 3000

export interface RedisLog {
  warn: (fields: object, message: string) => void
}

/**
 * Connects in the background and keeps trying; without a connection every command fails.
 * @param url `redis://` or `rediss://`, with credentials if needed
 */
export function connectRedis(url: string, log: RedisLog) {
  const client = createClient({
    url,
    // A queued command could be answered after its caller has given up.
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_MS },
    socket: { connectTimeout: COMMAND_MS, reconnectStrategy: (tries) => Math.min(5000, 100 * 2 ** tries) },
  })
  client.on('error', (error: unknown) => {
    // The message contains the address but not the password.
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Redis cannot be reached')
  })
  client.connect().catch(() => undefined)
  return client
}
