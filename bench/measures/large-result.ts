/** How long a 10 MB tool result blocks the server's event loop, measured inside it by a preload. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ask, chat } from '../client'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { loopDelayPreload, withRig } from '../rig'
import type { Running } from '../rig'
import type { Script } from '../script'
import { p50 } from '../stats'

const FINISH = '"type":"finish"'

const CASES: { name: string; script: Script; judged: boolean }[] = [
  // Baselines: a usual turn, and the background load of the machine.
  { name: 'a table of 12 rows', script: call('pods_list', {}), judged: false },
  { name: 'a log of 10 MB', script: call('pods_log', { namespace: 'shop', name: 'large' }), judged: true },
  { name: 'a table of 40,000 rows', script: call('pods_list', { labelSelector: 'size=large' }), judged: true },
]

export async function largeResult({ quick }: Context): Promise<Result> {
  const turns = quick ? 3 : 20
  return await withRig(async (rig) => {
    const model = await rig.model()
    const file = join(rig.folder, 'loop-delays')
    const env = { BENCH_LOOP_FILE: file }
    const server = await rig.server({ modelUrl: model.url, nodeArgs: loopDelayPreload, env })
    const lines = []
    const rows = []
    for (const { name, script, judged } of CASES) {
      const blocks: number[] = []
      const wholes: number[] = []
      let answerBytes = 0
      for (let at = -2; at < turns; at++) {
        await longestBlock(server, file)
        const { ms: whole, text } = await ask(chat(server.port, script), FINISH)
        const block = await longestBlock(server, file)
        if (!text.includes('"status":"ok"')) throw new Error(`the call failed: ${text.slice(0, 2000)}`)
        answerBytes = Buffer.byteLength(text)
        if (at < 0) continue
        blocks.push(block)
        wholes.push(whole)
      }
      const worst = Math.max(...blocks)
      if (judged) lines.push(limit(`Longest block of the server’s event loop by ${name}`, worst, 50, 'ms'))
      rows.push([name, String(turns), ms(p50(blocks)), ms(worst), ms(p50(wholes)), (answerBytes / 1e6).toFixed(2)])
    }
    const columns = [
      'tool result',
      'turns',
      'block p50, ms',
      'block worst, ms',
      'whole turn p50, ms',
      'to the page, MB',
    ]
    return { lines, tables: [{ title: 'Longest block of the event loop in a turn', columns, rows }] }
  })
}

function call(name: string, args: Record<string, unknown>): Script {
  return { kind: 'tool', name, arguments: args }
}

const REPORT_MS = 10_000

/** In milliseconds, since the last call. */
async function longestBlock(server: Running, file: string): Promise<number> {
  const before = reported(file).length
  process.kill(server.pid, 'SIGUSR2')
  for (const deadline = performance.now() + REPORT_MS; performance.now() < deadline; await delay(2)) {
    const values = reported(file)
    if (values.length > before) return Number(values.at(-1))
  }
  throw new Error('the preload did not report')
}

function reported(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}
