/** Listing thousands of pods in one tool call: time, CPU and memory, compared with kubernetes-mcp-server. */
import { openKubeApi } from '../../tests/support/kube/kube-api'
import { createManyPods } from '../../tests/support/cluster/many-pods'
import { McpBenchSession } from '../mcp-client'
import { OURS, THEIRS } from '../mcp-servers'
import type { McpContender } from '../mcp-servers'
import { cpuSeconds, peakMemory } from '../process-usage'
import { info, ms } from '../result'
import type { Context, Result } from '../result'
import { p50 } from '../stats'

const SIZES = [5000, 10_000]
const COLUMNS = [
  'pods',
  'MCP server',
  'first call, ms',
  'p50, ms',
  'CPU a call, ms',
  'memory before, MiB',
  'peak, MiB',
  'answer, MB',
]

export async function mcpManyPods({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  const what = 'Listing 5,000 pods by one tool call'
  if (!kubeconfig) return { lines: [{ what, figure: 'skipped: TEST_KUBECONFIG names no cluster' }], tables: [] }
  const lines = []
  const rows = []
  for (const size of quick ? [500] : SIZES) {
    const api = await openKubeApi(kubeconfig)
    const pods = await createManyPods(api, { count: size })
    try {
      for (const contender of [OURS, THEIRS]) {
        const { samples, cpuMs, before, peak, bytes } = await measure(contender, kubeconfig, size, quick ? 2 : 10)
        const [first = 0, ...later] = samples
        rows.push([
          size.toLocaleString('en'),
          contender.name,
          ms(first),
          ms(p50(later)),
          ms(cpuMs),
          before.toFixed(0),
          peak.toFixed(0),
          (bytes / 1e6).toFixed(2),
        ])
        const of = `Listing ${size.toLocaleString('en')} pods, ${contender.name}`
        lines.push(info(`${of}, p50`, p50(later), 'ms', 0), info(`${of}, peak memory`, peak, 'MiB', 0))
      }
    } finally {
      await pods.remove()
      await api.close()
    }
  }
  const title = 'Listing thousands of pods by one tool call, one after the other'
  return { lines, tables: [{ title, columns: COLUMNS, rows }] }
}

async function measure({ start, listPods }: McpContender, kubeconfig: string, size: number, calls: number) {
  const server = await start(kubeconfig)
  const session = new McpBenchSession(server.target)
  try {
    await session.open()
    const before = peakMemory(server.pid)
    const { tool, args } = listPods
    const samples: number[] = []
    let cpuBefore = 0
    let bytes = 0
    for (let at = 0; at <= calls; at++) {
      // The first call is reported separately.
      if (at === 1) cpuBefore = cpuSeconds(server.pid)
      const answer = await session.call(tool, args)
      bytes = answer.bytes
      samples.push(answer.ms)
      const shown = answer.text.match(/service-\d+-7d9c5b8f6d-\w{5}/g)?.length ?? 0
      if (shown < size) throw new Error(`the answer has ${shown} of ${size} pods`)
    }
    const cpuMs = ((cpuSeconds(server.pid) - cpuBefore) * 1000) / calls
    return { samples, cpuMs, before, peak: peakMemory(server.pid), bytes }
  } finally {
    await session.close()
    await server.stop()
  }
}
