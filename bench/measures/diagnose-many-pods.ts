/** A diagnosis of 10,000 pods with 1,000 causes: time, memory and the size of the answer. */
import { openKubeApi } from '../../tests/support/kube/kube-api'
import { createManyPods } from '../../tests/support/cluster/many-pods'
import type { PodShape } from '../../tests/support/cluster/many-pods'
import { McpBenchSession } from '../mcp-client'
import { OURS } from '../mcp-servers'
import { peakMemory } from '../process-usage'
import { info, ms } from '../result'
import type { Context, Result } from '../result'
import { p50 } from '../stats'

const PODS = 10_000
/** Every tenth pod crashes, each for itself. */
const EVERY = 10

export async function diagnoseManyPods({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  const count = quick ? 500 : PODS
  const what = `Diagnosis of ${count.toLocaleString('en')} pods with ${(count / EVERY).toLocaleString('en')} causes`
  if (!kubeconfig) return { lines: [{ what, figure: 'skipped: TEST_KUBECONFIG names no cluster' }], tables: [] }
  const api = await openKubeApi(kubeconfig)
  const pods = await createManyPods(api, { count, pod: (at) => (at % EVERY === 0 ? crashing(at) : {}) })
  const server = await OURS.start(kubeconfig)
  const session = new McpBenchSession(server.target)
  try {
    await session.open()
    const before = peakMemory(server.pid)
    const samples: number[] = []
    let bytes = 0
    for (let at = 0; at < (quick ? 2 : 6); at++) {
      const answer = await session.call('diagnose', {})
      const total = Number(/"total":(\d+)/.exec(answer.text)?.[1] ?? 0)
      if (total < count / EVERY) throw new Error(`${total} of ${count / EVERY} causes were found`)
      bytes = answer.bytes
      samples.push(answer.ms)
    }
    const peak = peakMemory(server.pid)
    const [first = 0, ...later] = samples
    return {
      lines: [
        info(`${what}, p50`, p50(later), 'ms', 0),
        info(`${what}, peak memory of the MCP server`, peak, 'MiB', 0),
        info(`${what}, answer`, bytes / 1e3, 'kB', 0),
      ],
      tables: [
        {
          title: what,
          columns: ['first call, ms', 'p50, ms', 'memory before, MiB', 'peak, MiB', 'answer, kB'],
          rows: [[ms(first), ms(p50(later)), before.toFixed(0), peak.toFixed(0), (bytes / 1e3).toFixed(0)]],
        },
      ],
    }
  } finally {
    await session.close()
    await server.stop()
    await pods.remove()
    await api.close()
  }
}

function crashing(at: number): PodShape {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const last = { terminated: { exitCode: 1, reason: 'Error', startedAt: time, finishedAt: time } }
  return {
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: time }],
      containerStatuses: [
        {
          name: 'app',
          image: `registry.example.com/app:${at}`,
          imageID: '',
          ready: false,
          restartCount: 7,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: last,
        },
      ],
    },
  }
}
