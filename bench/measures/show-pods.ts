/** The whole of "Show me all pods" on a real API server, with a model that answers at once. */
import { setTimeout as delay } from 'node:timers/promises'
import { ask, chat } from '../client'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'
import type { Rig } from '../rig'
import { p50, p99 } from '../stats'
import { hasKubectl, startFluxSse } from '../../tests/support/app/mcp-servers'
import type { Env } from '../../tests/support/app/program'

const WHAT = '“Show me all pods” on a real API server, embedded MCP server over stdio'
/**
 * Between two questions, in milliseconds: kubernetes-mcp-server asks the API five times a second (client-go's preset), and
 * what it would hold back beyond that is none of a person's questions.
 */
const PAUSE_MS = 500

const FINISH = '"type":"finish"'

export async function showPods({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  if (!kubeconfig) {
    return { lines: [{ what: WHAT, figure: 'skipped: TEST_KUBECONFIG names no cluster', goal: '≤ 60 ms' }], tables: [] }
  }
  const embedded = await measure(quick ? 20 : 120, async () => ({ KUBECONFIG: kubeconfig }))
  const rows = [row('kubernetes-mcp-server, stdio', embedded)]
  if (hasKubectl()) {
    const external = await measure(quick ? 5 : 50, async (rig) => {
      const flux = await startFluxSse({ kubeconfig })
      rig.alsoStop(flux)
      return { MCP_SERVER_URL: flux.url, KUBECONFIG: undefined }
    })
    rows.push(row('mcp-server-kubernetes, SSE', external))
  }
  const lines = [limit(`${WHAT}, p50`, p50(embedded), 60, 'ms'), limit(`${WHAT}, p99`, p99(embedded), 60, 'ms')]
  const columns = ['MCP server', 'questions', 'p50, ms', 'p99, ms']
  return { lines, tables: [{ title: '“Show me all pods”, from the question until the finish', columns, rows }] }
}

async function measure(turns: number, environment: (rig: Rig) => Promise<Env>): Promise<number[]> {
  return await withRig(async (rig) => {
    const model = await rig.model()
    const env = { MCP_SERVER_COMMAND: undefined, ...(await environment(rig)) }
    const server = await rig.server({ modelUrl: model.url, env })
    const target = chat(server.port, 'Show me all pods')
    const samples: number[] = []
    for (let at = -Math.ceil(turns / 4); at < turns; at++) {
      await delay(PAUSE_MS)
      const { ms: whole, text } = await ask(target, FINISH)
      if (!text.includes('"kind":"table"')) throw new Error(`no table came: ${text.slice(0, 2000)}`)
      if (at >= 0) samples.push(whole)
    }
    return samples
  })
}

function row(name: string, samples: number[]): string[] {
  return [name, String(samples.length), ms(p50(samples)), ms(p99(samples))]
}
