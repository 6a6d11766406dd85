/**
 * Loaded into the built server of the soak, which is started with --expose-gc: on SIGUSR2 it prints what is in use once the
 * garbage is gone, as a line of JSON.
 */
import { setImmediate as tick } from 'node:timers/promises'

process.on('SIGUSR2', async () => {
  // What a collection lets go of may be held by finalizers until the next.
  for (let at = 0; at < 4; at++) {
    globalThis.gc?.()
    await tick()
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const kinds = process.getActiveResourcesInfo()
  console.log(JSON.stringify({ usage: { rss, heapUsed, external, kinds } }))
})
