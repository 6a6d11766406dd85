/**
 * Preloaded into the server (`NODE_OPTIONS=--import`): measures event-loop blocking without a change to the product. At
 * SIGUSR2 it appends the longest block since the last signal, in milliseconds, to the file in BENCH_LOOP_FILE.
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
