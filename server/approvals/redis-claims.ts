/**
 * Claims of several replicas in Redis. An approval is open while its key exists; `SET … XX GET` claims it. Only Redis
 * measures time, so replicas' clocks do not matter.
 */
import { connectRedis } from '../redis/connection'
import type { RedisLog } from '../redis/connection'
import type { Claims } from './claims'

const PREFIX = 'k8s-ai-assistant:approval:'

/** A key outlives its approval, so that a late answer is still recognised as used. In milliseconds. */
const MARGIN_MS = 60_000

/**
 * Connects in the background and keeps trying; without a connection every claim fails.
 * @param url `redis://` or `rediss://`, with credentials if needed
 */
export function redisClaims(url: string, log: RedisLog): Claims {
  const { run, close } = connectRedis(url, log)
  const now = async () => {
    const [seconds, microseconds] = await run((client) => client.sendCommand<[string, string]>(['TIME']))
    return Number(seconds) * 1000 + Number(microseconds) / 1000
  }
  return {
    now,
    open: async (id, expiresAt) => {
      const value = Math.ceil(Math.max(1000, expiresAt - (await now())) + MARGIN_MS)
      await run((client) => client.set(`${PREFIX}${id}`, 'open', { expiration: { type: 'PX', value } }))
    },
    claim: async (id) => {
      const before = await run((client) =>
        client.set(`${PREFIX}${id}`, 'used', { condition: 'XX', GET: true, expiration: 'KEEPTTL' }),
      )
      if (before === null) return 'gone'
      return before === 'open' ? 'claimed' : 'used'
    },
    close: async () => close(),
  }
}
