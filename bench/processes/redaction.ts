/**
 * Presents one large tool result again and again, with nothing else in memory, and prints the times as JSON. The
 * arguments are the name of the case and the number of rounds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { presentResult } from '../../server/results'
import type { PresentRequest } from '../../server/results/types'
import { redactionCaseSchema } from '../redaction-report'
import type { RedactionCase, RedactionReport } from '../redaction-report'
import { credentialLog, plainLog, secretManifests } from './tool-results'

const BYTES = 10_000_000
const RESOLUTION_MS = 1
const WARM_UP = 2

const CASES: Record<RedactionCase, { tool: string; text: (bytes: number) => string }> = {
  log: { tool: 'pods_log', text: plainLog },
  'credential-log': { tool: 'pods_log', text: credentialLog },
  secrets: { tool: 'resources_list', text: secretManifests },
}

const [name, rounds] = z.tuple([redactionCaseSchema, z.coerce.number()]).parse(process.argv.slice(2))
const { tool, text } = CASES[name]
const raw = { isError: false, texts: [text(BYTES)] }
const report: RedactionReport = { bytes: Buffer.byteLength(raw.texts[0] ?? ''), wholes: [], blocks: [] }
for (let at = -WARM_UP; at < rounds; at++) {
  const { whole, block } = await measure({ tool, arguments: {}, raw, maxTokens: 2700 })
  if (at < 0) continue
  report.wholes.push(whole)
  report.blocks.push(block)
}
console.log(JSON.stringify(report))

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
