/**
 * A write whose MCP server is killed, driven at the toolbox: before the cluster executed it, or in every other run
 * after that but before the response.
 */
import { McpSession } from '../../../server/mcp/session/session'
import { createToolbox } from '../../../server/mcp/toolbox/toolbox'
import type { McpEndpoint } from '../../../server/mcp/connection/transport'
import type { RawToolResult } from '../../../server/results/types'
import { sharedCluster } from '../cluster'
import type { Outcome, Scene } from '../fault'
import { short } from '../page'
import { childrenOf, send, until } from '../processes'
import { Supervised, kubernetesMcpServerStdio } from '../servers'
import type { WritingWay } from '../servers'
import { serverTool } from '../../support/brands'

const nothing = () => undefined

export async function writeScene(way: WritingWay): Promise<Scene> {
  const cluster = await sharedCluster()
  const { kubeconfig, target } = cluster
  const supervised = way.start && (await Supervised.start(way, { kubeconfig, writes: true }))
  const endpoint: McpEndpoint = supervised
    ? { transport: way.transport.endsWith('SSE') ? 'sse' : 'http', url: new URL(supervised.url) }
    : { transport: 'stdio', ...kubernetesMcpServerStdio(kubeconfig), env: {} }
  const session = new McpSession({
    endpoint,
    clientInfo: { name: 'faults', version: '1' },
    log: { info: nothing, warn: nothing, debug: nothing },
  })
  const toolbox = createToolbox(session, new Set())
  session.start()
  const { signal } = new AbortController()
  await session.untilReady(signal)

  const write = (value: string) => {
    const [tool, args] = way.write(target.namespace, target.name, value)
    return toolbox.call(serverTool(tool), args, { signal, mutates: true })
  }

  async function serverPid(): Promise<number> {
    if (supervised) return (await supervised.server()).pid
    const ours = async () => (await childrenOf(process.pid)).find(({ command }) => command.includes(kubeconfig))?.pid
    return await until('the child', ours)
  }

  /** Milliseconds until a read works again. */
  async function recoveryMs(since: number): Promise<number> {
    const [tool, args] = way.tools.listPods
    await until('a read works', async () =>
      (await toolbox.call(serverTool(tool), args, { signal })).isError ? undefined : true,
    )
    return performance.now() - since
  }

  /** One complete write, and one that is cut off. */
  async function run(at: number): Promise<Outcome> {
    const before = cluster.mutations()
    const whole = await write(`whole-${at}`)
    if (whole.isError) return { told: wordsOf(whole), problem: `a write failed before the fault: ${wordsOf(whole)}` }
    const pid = await serverPid()
    const held = cluster.holdWrite(at % 2 === 0 ? 'after' : 'before')
    const writing = write(`cut-${at}`)
    await held.reached
    send(pid, 'SIGKILL')
    if (supervised) await until('the next server', async () => ((await serverPid()) === pid ? undefined : true))
    const since = performance.now()
    const result = await writing
    held.release()
    const recovered = await recoveryMs(since)
    await until('the write is executed', () => cluster.mutations() >= before + 2 || undefined)
    const { outcomeUnknown = false } = result
    return {
      told: short(wordsOf(result)),
      recoveryMs: recovered,
      executedTwice: cluster.mutations() - before - 2,
      isLost: !outcomeUnknown,
      ...(!outcomeUnknown && { problem: `the result does not say that the outcome is unknown: ${wordsOf(result)}` }),
    }
  }

  let expected = cluster.mutations()
  return {
    run: async (at) => {
      const outcome = await run(at)
      expected += 2
      return outcome
    },
    close: async () => {
      const late = cluster.mutations() - expected
      await session.close()
      await supervised?.stop()
      if (late > 0) throw new Error(`${late} mutations were executed after the fault`)
    },
  }
}

function wordsOf({ texts }: RawToolResult): string {
  return texts.join('\n')
}
