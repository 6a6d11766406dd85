/** Kept results of several replicas in Redis, bounded by conversation and user; each expires an hour after its last use. */
import { z } from 'zod'
import { resultPartSchema } from '#shared/result'
import { BOUNDS, excess } from '../results/kept/bounds'
import type { Place, ResultMemory } from '../results/kept/memory'
import { connectRedis } from './connection'
import type { RedisLog } from './connection'

const PREFIX = 'k8s-ai-assistant:result:'
const KEPT_MS = 3_600_000

/** A larger one would hold up the other commands. In bytes. */
const MAX_BYTES = 4 * 1024 * 1024

/** A user's result in the sorted set of that user, whose scores are the times of the last use. */
const memberSchema = z.tuple([z.string(), z.string(), z.number()])

/** A result that cannot be stored or read counts as no longer kept. */
export function redisResults(url: string, log: RedisLog): ResultMemory {
  const { run, close } = connectRedis(url, log)

  async function used(place: Place, id: string, bytes: number): Promise<void> {
    const index = `${PREFIX}${part(place.user)}`
    await run((client) =>
      client.zAdd(index, { score: Date.now(), value: JSON.stringify([place.conversation, id, bytes]) }),
    )
    await run((client) => client.pExpire(index, KEPT_MS))
    const members = (await run((client) => client.zRange(index, 0, -1))).map((value) => {
      const [conversation, other, size] = memberSchema.parse(JSON.parse(value))
      return { value, conversation, id: other, bytes: size }
    })
    const own = members.filter(({ conversation }) => conversation === place.conversation)
    const dropped = [...excess(own, BOUNDS.conversation), ...excess(members, BOUNDS.user)]
    for (const { value, conversation, id: other } of dropped) {
      await run((client) => client.zRem(index, value))
      await run((client) => client.del(keyOf({ ...place, conversation }, other)))
    }
  }

  return {
    put: async (place, id, part) => {
      const text = JSON.stringify(part)
      const bytes = Buffer.byteLength(text)
      if (bytes > MAX_BYTES) return
      try {
        await run((client) => client.set(keyOf(place, id), text, { expiration: { type: 'PX', value: KEPT_MS } }))
        await used(place, id, bytes)
      } catch {
        // The client has logged why.
      }
    },
    get: async (place, id) => {
      try {
        const key = keyOf(place, id)
        const text = await run((client) => client.get(key))
        if (text === null) return undefined
        await run((client) => client.pExpire(key, KEPT_MS))
        await used(place, id, Buffer.byteLength(text))
        return resultPartSchema.parse(JSON.parse(text))
      } catch {
        return undefined
      }
    },
    close: async () => close(),
  }
}

function keyOf({ user, conversation }: Place, id: string): string {
  return `${PREFIX}${[user, conversation, id].map(part).join(':')}`
}

/** Without the separator. */
function part(name: string): string {
  return encodeURIComponent(name)
}
