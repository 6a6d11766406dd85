/** Cost of one tool round, with an instant model and an instant tool. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ask, chat, getJson } from '../client'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { instantMcp, withRig } from '../rig'
import { p50, p99 } from '../stats'

const requestsSchema = z.array(z.object({ ms: z.number() }))

const FINISH = '"type":"finish"'

/** The tool's times, once there are `count`: the last is written after the response. */
async function timesOf(path: string, count: number): Promise<string[]> {
  for (let tries = 0; tries < 100; tries++) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
    if (lines.length === count) return lines
    if (lines.length > count) break
    await delay(5)
  }
  throw new Error(`there were not ${count} calls of the tool`)
}

export async function toolRound({ quick }: Context): Promise<Result> {
  // Node compiles what a turn runs for about a thousand turns.
  const [turns, warmUp] = quick ? [50, 50] : [500, 1000]
  return await withRig(async (rig) => {
    const model = await rig.model()
    const times = join(rig.folder, 'tool-times')
    const server = await rig.server({ modelUrl: model.url, env: { MCP_SERVER_COMMAND: `${instantMcp} ${times}` } })
    const target = chat(server.port, { kind: 'tool', name: 'pods_list', arguments: {} })
    const samples: { whole: number; model: number; tool: number }[] = []
    for (let at = -warmUp; at < turns; at++) {
      const { ms: whole } = await ask(target, FINISH)
      const requests = requestsSchema.parse(await getJson(`${model.url}/bench/requests`))
      const tool = await timesOf(times, at + warmUp + 1)
      if (requests.length !== 2) throw new Error(`a turn was ${requests.length} requests`)
      const modelMs = requests.reduce((sum, request) => sum + request.ms, 0)
      if (at >= 0) samples.push({ whole, model: modelMs, tool: Number(tool.at(-1)) })
    }
    const overhead = samples.map(({ whole, model: own, tool }) => whole - own - tool)
    const row = (name: string, values: number[]) => [name, ms(p50(values)), ms(p99(values))]
    return {
      lines: [
        limit('One tool round without model and tool, p50', p50(overhead), 5, 'ms', 2),
        { what: 'One tool round without model and tool, p99', figure: `${ms(p99(overhead))} ms` },
      ],
      tables: [
        {
          title: `A question with one tool call, over ${turns} turns: two requests to the model, one call over stdio`,
          columns: ['share', 'p50, ms', 'p99, ms'],
          rows: [
            row(
              'whole, until the finish',
              samples.map(({ whole }) => whole),
            ),
            row(
              'the model, two answers',
              samples.map(({ model: own }) => own),
            ),
            row(
              'the tool',
              samples.map(({ tool }) => tool),
            ),
            row('overhead', overhead),
          ],
        },
      ],
    }
  })
}
