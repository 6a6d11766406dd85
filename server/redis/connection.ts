/** The connection to Redis, which several replicas share. */
import { createClient } from '@redis/client'

/** Time limit of a command, in milliseconds. */
const COMMAND_MS = 3000

export interface RedisLog {
  warn: (fields: object, message: string) => void
}

/** Redis did not answer in time. The command may still have been carried out. */
class RedisTimeoutError extends Error {
  constructor() {
    super(`Redis did not answer within ${COMMAND_MS / 1000} s`)
    this.name = 'RedisTimeoutError'
  }
}

type Client = ReturnType<typeof clientOf>

export interface Redis {
  /**
   * Runs one command.
   * @throws RedisTimeoutError; without a connection an error of the client
   */
  run: <T>(command: (client: Client) => Promise<T>) => Promise<T>
  close: () => void
}

/**
 * Connects in the background and keeps trying; without a connection every command fails.
 * @param url `redis://` or `rediss://`, with credentials if needed
 */
export function connectRedis(url: string, log: RedisLog): Redis {
  const client = clientOf(url)
  const report = (error: unknown) => {
    // The message contains the address but not the password.
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Redis cannot be reached')
  }
  const connect = () => void client.connect().catch(() => undefined)
  client.on('error', report)
  connect()
  return {
    run: async (command) => {
      try {
        return await inTime(command(client))
      } catch (error) {
        // The commands that follow would wait behind this one, and be kept in memory.
        if (error instanceof RedisTimeoutError && client.isReady) {
          report(error)
          client.destroy()
          connect()
        }
        throw error
      }
    },
    close: () => client.destroy(),
  }
}

function clientOf(url: string) {
  return createClient({
    url,
    // A queued command could be answered after its caller has given up.
    disableOfflineQueue: true,
    socket: { connectTimeout: COMMAND_MS, reconnectStrategy: (tries) => Math.min(5000, 100 * 2 ** tries) },
  })
}

/** The client's own time limit ends once a command has been written. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new RedisTimeoutError()), COMMAND_MS)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
