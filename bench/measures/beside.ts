/** This build and another one under the same load at the same time: their ratio is free of the machine's state. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../scripts/run.mjs'
import { serverEntry } from '../../scripts/paths.mjs'
import { chat } from '../client'
import { microsPerToken, startLoad } from '../load-run'
import { cpuSeconds, peakMemory } from '../process-usage'
import { info, limit } from '../result'
import type { Measure } from '../result'
import { withRig } from '../rig'
import type { Rig } from '../rig'
import type { Script } from '../script'
import { p50 } from '../stats'

const STREAMS = 300
const SCRIPT: Script = { kind: 'stamped', perSecond: 20, seconds: 300 }

interface Side {
  /** CPU microseconds a token, and MiB. */
  cpu: number
  memory: number
}

/**
 * @param folder a built checkout of this project
 * @throws Problem if it has no build
 */
export function beside(folder: string): Measure {
  const entry = join(folder, '.output', 'server', 'index.mjs')
  if (!existsSync(entry)) throw new Problem(`${folder} has no build: run npm run build there.`)
  return async ({ quick }) => {
    const rounds: { own: Side; other: Side }[] = []
    for (let round = 0; round < (quick ? 1 : 5); round++)
      rounds.push(
        await withRig(async (rig) => {
          const [own, other] = await Promise.all([side(rig, serverEntry, quick), side(rig, entry, quick)])
          return { own, other }
        }),
      )
    const ratio = (of: keyof Side) => p50(rounds.map(({ own, other }) => own[of] / other[of]))
    const what = `${STREAMS} streams beside another build, median of ${rounds.length}`
    return {
      lines: [
        limit(`${what}: CPU time a token, this ÷ the other`, ratio('cpu'), 1.05, '×', 2),
        info(`${what}: peak memory, this ÷ the other`, ratio('memory'), '×', 2),
      ],
      tables: [
        {
          title: 'This build beside another',
          columns: ['CPU a token, µs', 'the other', 'peak memory, MiB', 'the other'],
          rows: rounds.map(({ own, other }) => [
            own.cpu.toFixed(1),
            other.cpu.toFixed(1),
            own.memory.toFixed(0),
            other.memory.toFixed(0),
          ]),
        },
      ],
    }
  }
}

async function side(rig: Rig, entry: string, quick: boolean): Promise<Side> {
  const model = await rig.model()
  const { pid, port } = await rig.server({ modelUrl: model.url, entry, env: { MAX_TURNS: '2000' } })
  const windowMs = quick ? 5000 : 15_000
  const load = startLoad(rig, { ...chat(port, SCRIPT), streams: STREAMS, rampMs: 2400, settleMs: 4000, windowMs })
  await load.begun()
  const before = cpuSeconds(pid)
  await load.ended()
  const used = cpuSeconds(pid) - before
  const memory = peakMemory(pid)
  return { cpu: microsPerToken(used, await load.report(), windowMs), memory }
}
