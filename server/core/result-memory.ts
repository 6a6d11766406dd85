/** Where long results and attachments are kept. */
import type { Logger } from 'pino'
import type { Config } from '../config/config'
import { memoryResults } from '../results'
import type { ResultMemory } from '../results'

/** In Redis if replicas share one, since the next question may reach another replica. */
export async function openResultMemory({ redis }: Config['approvals'], log: Logger): Promise<ResultMemory> {
  if (!redis) return memoryResults()
  const { redisResults } = await import('../redis/results')
  return redisResults(redis.url, log)
}
