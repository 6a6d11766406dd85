/**
 * Loaded before the server (`NODE_OPTIONS=--import`): measures how long its event loop is blocked. At SIGUSR2 the longest
 * block since the last one is appended to the file that BENCH_LOOP_FILE names, in milliseconds; without a word in the product.
 */
import { appendFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 1
const file = process.env.BENCH_LOOP_FILE

if (file) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  process.on('SIGUSR2', () => {
    appendFileSync(file, `${Math.max(0, delay.max / 1e6 - RESOLUTION_MS)}\n`)
    delay.reset()
  })
}
