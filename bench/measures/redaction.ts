/** Throughput and event-loop blocking of redacting and parsing tool results, without a server. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { presentResult } from '../../server/results'
import type { PresentRequest } from '../../server/results/types'
import { credentialLog, plainLog, secretManifests } from '../processes/tool-results'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { p50 } from '../stats'

const BYTES = 10_000_000
const RESOLUTION_MS = 1

const CASES: { name: string; tool: string; text: () => string }[] = [
  { name: 'a log', tool: 'pods_log', text: () => plainLog(BYTES) },
  { name: 'a log with a credential in each line', tool: 'pods_log', text: () => credentialLog(BYTES) },
  { name: 'manifests of Secrets', tool: 'resources_list', text: () => secretManifests(BYTES) },
]

export async function redaction({ quick }: Context): Promise<Result> {
  const rounds = quick ? 3 : 20
  const lines = []
  const rows = []
  for (const { name, tool, text } of CASES) {
    const raw = { isError: false, texts: [text()] }
    const size = Buffer.byteLength(raw.texts[0] ?? '') / 1e6
    const wholes: number[] = []
    const blocks: number[] = []
    for (let at = -2; at < rounds; at++) {
      const { whole, block } = await measure({ tool, arguments: {}, raw, maxTokens: 2700 })
      if (at < 0) continue
      wholes.push(whole)
      blocks.push(block)
    }
    const [typical, worst] = [p50(wholes), Math.max(...blocks)]
    lines.push(
      limit(`Presenting ${name} of 10 MB, p50`, typical, 1000, 'ms', 0),
      limit(`Longest block of the event loop by ${name}`, worst, 50, 'ms'),
    )
    rows.push([name, size.toFixed(1), ms(typical), (size / (typical / 1000)).toFixed(1), ms(p50(blocks)), ms(worst)])
  }
  const columns = ['tool result', 'MB', 'p50, ms', 'MB/s', 'block p50, ms', 'block worst, ms']
  return { lines, tables: [{ title: 'Redaction of tool results, in the core alone', columns, rows }] }
}

/** In milliseconds. */
async function measure(request: PresentRequest): Promise<{ whole: number; block: number }> {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  loop.enable()
  await delay(5)
  loop.reset()
  const begun = performance.now()
  await presentResult(request)
  const whole = performance.now() - begun
  // The monitor reports the last block at the next tick.
  await delay(5)
  loop.disable()
  return { whole, block: Math.max(0, loop.max / 1e6 - RESOLUTION_MS) }
}
