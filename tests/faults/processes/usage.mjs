/**
 * Preloaded into the soak's server, which runs with --expose-gc: on SIGUSR2 it prints its memory after garbage
 * collection as a line of JSON.
 */
import { setImmediate as tick } from 'node:timers/promises'

process.on('SIGUSR2', async () => {
  // Finalizers may hold objects until the next collection.
  for (let at = 0; at < 4; at++) {
    globalThis.gc?.()
    await tick()
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const kinds = process.getActiveResourcesInfo()
  console.log(JSON.stringify({ usage: { rss, heapUsed, external, kinds } }))
})
