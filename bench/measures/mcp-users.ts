/** The tool call behind "Show me all pods" for one and many users, compared with kubernetes-mcp-server. */
import { openSessions } from '../mcp-client'
import { OURS, THEIRS, THEIRS_LIMITED } from '../mcp-servers'
import type { McpContender } from '../mcp-servers'
import { info, limit, ms } from '../result'
import type { Context, Result } from '../result'
import { p50, p99 } from '../stats'

const WHAT = 'Listing all pods for 16 users at once: median, ÷ that of one user'
const COLUMNS = ['MCP server', 'users at once', 'calls', 'p50, ms', 'p99, ms', 'calls/s', '÷ one user']

/** Users, and calls of each in a round. */
const LOADS: readonly [users: number, calls: number][] = [
  [1, 25],
  [16, 4],
  [64, 2],
]
/** The loads alternate, so that background activity affects all of them. */
const ROUNDS = 4

interface Load {
  users: number
  samples: number[]
  perSecond: number
}

export async function mcpUsers({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  if (!kubeconfig)
    return { lines: [{ what: WHAT, figure: 'skipped: TEST_KUBECONFIG names no cluster', goal: '≤ 8 ×' }], tables: [] }
  const lines = []
  const rows = []
  for (const contender of [OURS, THEIRS, THEIRS_LIMITED]) {
    const loads = await measure(contender, kubeconfig, quick)
    const [alone] = loads
    if (!alone) continue
    const ratioOf = ({ samples }: Load) => p50(samples) / p50(alone.samples)
    for (const load of loads) {
      const { users, samples, perSecond } = load
      const figures = [ms(p50(samples)), ms(p99(samples)), perSecond.toFixed(1), ratioOf(load).toFixed(1)]
      rows.push([contender.name, String(users), String(samples.length), ...figures])
      if (users === 16)
        lines.push(
          contender === OURS
            ? limit(`${WHAT}, ${contender.name}`, ratioOf(load), 8, '×')
            : info(`${WHAT}, ${contender.name}`, ratioOf(load), '×'),
        )
    }
  }
  const title = 'Listing all pods by one tool call, each user asking again at once'
  return { lines, tables: [{ title, columns: COLUMNS, rows }] }
}

async function measure({ start, listPods }: McpContender, kubeconfig: string, quick: boolean): Promise<Load[]> {
  const server = await start(kubeconfig)
  const { tool, args } = listPods
  const groups = await Promise.all(
    LOADS.map(async ([users, calls]) => {
      const sessions = await openSessions(users, server.target)
      return { sessions, calls: quick ? 1 : calls, samples: new Array<number>(), seconds: 0 }
    }),
  )
  try {
    // The first round warms the caches and is not counted.
    for (let round = -1; round < (quick ? 1 : ROUNDS); round++)
      for (const group of groups) {
        const { sessions, calls, samples } = group
        const startedAt = performance.now()
        await Promise.all(
          sessions.map(async (session) => {
            for (let at = 0; at < (round < 0 ? 1 : calls); at++) {
              const answer = await session.call(tool, args)
              if (round >= 0) samples.push(answer.ms)
            }
          }),
        )
        if (round >= 0) group.seconds += (performance.now() - startedAt) / 1000
      }
    return groups.map(({ sessions, samples, seconds }) => ({
      users: sessions.length,
      samples,
      perSecond: samples.length / seconds,
    }))
  } finally {
    await Promise.all(groups.flatMap(({ sessions }) => sessions.map((session) => session.close())))
    await server.stop()
  }
}
