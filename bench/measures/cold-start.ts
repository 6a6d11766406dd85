/** Time from starting the built server until `/health` responds. */
import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { serverEntry, serverFlags } from '../../scripts/paths.mjs'
import { freePort } from '../../tests/support/app/network'
import { startProgram } from '../../tests/support/app/program'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'
import { percentile, p50 } from '../stats'

const POLL_MS = 2
const LIMIT_MS = 30_000

export async function coldStart({ quick }: Context): Promise<Result> {
  return await withRig(async (rig) => {
    const model = await rig.model()
    const env = rig.serverEnv(model.url)
    const kubeconfig = process.env.TEST_KUBECONFIG
    // If a cluster is available, started as an operator would start it.
    if (kubeconfig) Object.assign(env, { KUBECONFIG: kubeconfig, MCP_SERVER_COMMAND: undefined })
    const samples: number[] = []
    // The first start reads files from disk; later ones find them in memory.
    for (let at = -1; at < (quick ? 3 : 15); at++) {
      const port = await freePort()
      const startedAt = performance.now()
      const program = startProgram(process.execPath, [...serverFlags, serverEntry], { ...env, PORT: String(port) })
      rig.alsoStop(program)
      while (!(await isHealthy(port))) {
        if (program.exit() || performance.now() - startedAt > LIMIT_MS) throw new Error(program.logs().join('\n'))
        await delay(POLL_MS)
      }
      if (at >= 0) samples.push(performance.now() - startedAt)
      await program.stop()
    }
    const row = [String(samples.length), ms(Math.min(...samples)), ms(p50(samples)), ms(percentile(samples, 1))]
    return {
      lines: [limit('Cold start of the built server until /health answers, p50', p50(samples), 500, 'ms', 0)],
      tables: [{ title: 'Cold start', columns: ['starts', 'fastest, ms', 'p50, ms', 'slowest, ms'], rows: [row] }],
    }
  })
}

async function isHealthy(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.once('error', () => resolve(false))
  })
}
