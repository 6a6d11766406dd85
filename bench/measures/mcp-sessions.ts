/** Memory of our MCP server with 64 sessions of two users. */
import { randomUUID } from 'node:crypto'
import { openSide, READERS } from '../../tests/soak/identity/side'
import { openSessions } from '../mcp-client'
import type { McpBenchSession } from '../mcp-client'
import { OURS, THEIRS } from '../mcp-servers'
import { currentMemory, peakMemory } from '../process-usage'
import { info } from '../result'
import type { Context, Result } from '../result'

const SESSIONS = 64
const CALLS = 5
const CREDENTIALS = 'k8s-ai-assistant/credentials'
const COLUMNS = [
  'MCP server',
  'sessions',
  'users',
  'memory before, MiB',
  'all open, MiB',
  'after the calls, MiB',
  'peak, MiB',
]

export async function mcpSessions({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  const what = `Memory of our MCP server with ${SESSIONS} sessions of two users`
  if (!kubeconfig) return { lines: [{ what, figure: 'skipped: TEST_KUBECONFIG names no cluster' }], tables: [] }
  const namespace = `bench-sessions-${randomUUID().slice(0, 8)}`
  const side = await openSide({ kubeconfig, namespace, marker: 'none' })
  try {
    const { server, ca } = side.api
    const users = await Promise.all(READERS.map((reader) => side.token(reader)))
    const tokens = users.map(({ value }) => ({ kind: 'token', server, ca, token: value }))
    const calls = quick ? 1 : CALLS
    const ours = await measure(
      OURS,
      kubeconfig,
      tokens.map((token) => ({ [CREDENTIALS]: token })),
      calls,
    )
    const theirs = await measure(THEIRS, kubeconfig, [undefined], calls)
    const row = (name: string, count: number, { before, opened, after, peak }: Memory) => [
      name,
      String(SESSIONS),
      String(count),
      before.toFixed(0),
      opened.toFixed(0),
      after.toFixed(0),
      peak.toFixed(0),
    ]
    return {
      lines: [info(what, ours.after, 'MiB', 0), info(`${what}, peak`, ours.peak, 'MiB', 0)],
      tables: [
        {
          title: `${SESSIONS} sessions in one process that each list all pods ${calls} times, all at once`,
          columns: COLUMNS,
          rows: [row(OURS.name, tokens.length, ours), row(THEIRS.name, 1, theirs)],
        },
      ],
    }
  } finally {
    await side.remove()
  }
}

interface Memory {
  before: number
  opened: number
  after: number
  peak: number
}

/** @param identities experimental capabilities, used in turn */
async function measure(
  contender: typeof OURS,
  kubeconfig: string,
  identities: (Record<string, object> | undefined)[],
  calls: number,
): Promise<Memory> {
  const server = await contender.start(kubeconfig)
  const sessions: McpBenchSession[] = []
  try {
    const before = currentMemory(server.pid)
    for (const experimental of identities)
      sessions.push(
        ...(await openSessions(SESSIONS / identities.length, {
          ...server.target,
          ...(experimental && { experimental }),
        })),
      )
    const opened = currentMemory(server.pid)
    const { tool, args } = contender.listPods
    await Promise.all(
      sessions.map(async (session) => {
        for (let at = 0; at < calls; at++) await session.call(tool, args)
      }),
    )
    return { before, opened, after: currentMemory(server.pid), peak: peakMemory(server.pid) }
  } finally {
    await Promise.all(sessions.map((session) => session.close()))
    await server.stop()
  }
}
