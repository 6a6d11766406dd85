/** "Show me all pods" end to end on a real API server with an instant model, for one and many users. */
import { setTimeout as delay } from 'node:timers/promises'
import { ask, chat } from '../client'
import { info, limit, ms } from '../result'
import type { Context, Line, Result } from '../result'
import { withRig } from '../rig'
import type { Rig } from '../rig'
import { p50, p99 } from '../stats'
import { hasKubectl, startKubernetesMcpServer, startMcpServerKubernetes } from '../../tests/support/app'
import type { Env } from '../../tests/support/app'

const WHAT = '“Show me all pods” on a real API server, our own MCP server'
const MANY = '“Show me all pods” for 16 users at once: median, ÷ that of one user'
/** Pause between two questions of one user, in milliseconds. */
const PAUSE_MS = 100
/** Users, and questions of each in a round; the loads alternate. */
const LOADS: readonly [users: number, questions: number][] = [
  [1, 15],
  [16, 3],
  [64, 1],
]
const ROUNDS = 4

const FINISH = '"type":"finish"'

/** An assistant with one of the MCP servers. */
interface Way {
  name: string
  environment: (rig: Rig, kubeconfig: string) => Promise<Env>
}

const OURS: Way = { name: 'our own', environment: async (_, kubeconfig) => ({ KUBECONFIG: kubeconfig }) }

const OTHERS: readonly Way[] = [
  {
    name: 'kubernetes-mcp-server, HTTP, KUBE_CLIENT_QPS=1000',
    environment: (rig, kubeconfig) =>
      withKubernetesMcpServer(rig, kubeconfig, { KUBE_CLIENT_QPS: '1000', KUBE_CLIENT_BURST: '2000' }),
  },
  {
    name: 'kubernetes-mcp-server, HTTP, KUBE_CLIENT_QPS unset',
    environment: (rig, kubeconfig) => withKubernetesMcpServer(rig, kubeconfig, {}),
  },
  {
    name: 'mcp-server-kubernetes, SSE',
    environment: async (rig, kubeconfig) => external(rig, await startMcpServerKubernetes({ kubeconfig })),
  },
]

async function withKubernetesMcpServer(rig: Rig, kubeconfig: string, env: Env): Promise<Env> {
  return external(rig, await startKubernetesMcpServer({ kubeconfig, env }))
}

function external(rig: Rig, server: { url: string; stop: () => Promise<unknown> }): Env {
  rig.alsoStop(server)
  return { MCP_SERVER_URL: server.url, KUBECONFIG: undefined }
}

export async function showPods({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  if (!kubeconfig) {
    return { lines: [{ what: WHAT, figure: 'skipped: TEST_KUBECONFIG names no cluster', goal: '≤ 60 ms' }], tables: [] }
  }
  const lines: Line[] = []
  const rows: string[][] = []
  // mcp-server-kubernetes calls kubectl.
  for (const way of [OURS, ...(hasKubectl() ? OTHERS : OTHERS.slice(0, 2))]) {
    const loads = await measure(way, kubeconfig, quick)
    const alone = loads.find(({ users }) => users === 1)
    if (!alone) continue
    for (const { users, samples } of loads) {
      const ratio = p50(samples) / p50(alone.samples)
      rows.push([way.name, String(users), String(samples.length), ms(p50(samples)), ms(p99(samples)), ratio.toFixed(1)])
      if (users !== 16) continue
      lines.push(way === OURS ? limit(`${MANY}, our own`, ratio, 8, '×') : info(`${MANY}, ${way.name}`, ratio, '×'))
    }
    if (way === OURS)
      lines.unshift(
        limit(`${WHAT}, p50`, p50(alone.samples), 60, 'ms'),
        limit(`${WHAT}, p99`, p99(alone.samples), 60, 'ms'),
      )
  }
  const columns = ['MCP server', 'users at once', 'questions', 'p50, ms', 'p99, ms', '÷ one user']
  return { lines, tables: [{ title: '“Show me all pods”, from the question until the finish', columns, rows }] }
}

async function measure({ environment }: Way, kubeconfig: string, quick: boolean) {
  return await withRig(async (rig) => {
    const model = await rig.model()
    const env = { MCP_SERVER_COMMAND: undefined, ...(await environment(rig, kubeconfig)) }
    const server = await rig.server({ modelUrl: model.url, env })
    const target = chat(server.port, 'Show me all pods')
    const loads = LOADS.map(([users, questions]) => ({ users, questions, samples: new Array<number>() }))
    // The first round warms up.
    for (let round = -1; round < (quick ? 1 : ROUNDS); round++)
      for (const { users, questions, samples } of loads)
        await Promise.all(
          Array.from({ length: users }, async () => {
            for (let at = 0; at < questions; at++) {
              if (at > 0) await delay(PAUSE_MS)
              const { ms: whole, text } = await ask(target, FINISH)
              if (!text.includes('"kind":"table"')) throw new Error(`no table came: ${text.slice(0, 2000)}`)
              if (round >= 0) samples.push(whole)
            }
          }),
        )
    return loads
  })
}
