/** A run of the load generator, followed by what it prints. */
import { setTimeout as delay } from 'node:timers/promises'
import { loadReportSchema } from './load'
import type { LoadOrder, LoadReport } from './load'
import type { Rig } from './rig'

export interface LoadRun {
  /** Resolves when the window begins: all connections stream. */
  begun: () => Promise<void>
  ended: () => Promise<void>
  report: () => Promise<LoadReport>
}

/** Time limit of each step, in milliseconds. */
const STEP_MS = 120_000
const POLL_MS = 5

export function startLoad(rig: Rig, order: LoadOrder): LoadRun {
  const { logs } = rig.run('./processes/load.ts', [JSON.stringify(order)])

  async function until(start: string): Promise<string> {
    for (const deadline = performance.now() + STEP_MS; performance.now() < deadline; await delay(POLL_MS)) {
      const line = logs().find((each) => each.startsWith(start))
      if (line !== undefined) return line
    }
    throw new Error(`The load generator did not print ${start}:\n${logs().slice(-10).join('\n')}`)
  }

  return {
    begun: async () => void (await until('begun')),
    ended: async () => void (await until('ended')),
    report: async () => loadReportSchema.parse(JSON.parse(await until('{'))),
  }
}

/** @param cpu seconds used in the window */
export function microsPerToken(cpu: number, { tokensPerSecond }: LoadReport, windowMs: number): number {
  return (cpu * 1e9) / (tokensPerSecond * windowMs)
}
