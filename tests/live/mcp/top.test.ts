/** kubectl_top on a real metrics API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { parseQuantity } from '../../../shared/kubernetes/quantities'
import { kubectlTop } from '../../../mcp/tools/top'
import type { ToolArguments } from '../../../mcp/tools/tool'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { startLiveCluster, type LiveCluster } from '../../support/cluster/live-cluster'

/** metrics-server scrapes once in 15 to 60 seconds. */
const FIRST_METRICS_MS = 90_000

describe.skipIf(!testKubeconfig || !hasKubectl())('kubectl_top on a real metrics API', () => {
  let live: LiveCluster
  let cluster: OpenCluster

  async function run(args: ToolArguments) {
    const table = await kubectlTop.run(args, { cluster, signal: AbortSignal.timeout(60_000), now: Date.now })
    if (table.kind !== 'table') throw new Error(table.kind)
    return table
  }

  beforeAll(async () => {
    live = await startLiveCluster(testKubeconfig ?? '')
    cluster = openCluster({
      credentials: operatorCredentials({ paths: [live.kubeconfig] }),
      rules: { deniedKinds: new Set(), deniedNamespaces: new Set() },
    })
  })
  afterAll(async () => {
    await cluster?.close()
    await live?.remove()
  })

  it('lists nodes with their share, the largest first', async () => {
    const { columns, rows } = await run({ resource: 'nodes', sortBy: 'memory' })
    expect(columns).toEqual(['NAME', 'CPU', 'MEMORY', 'CPU%', 'MEMORY%'])
    const memory = rows.map((row) => parseQuantity(row[2] ?? '') ?? 0)
    expect(memory.length).toBeGreaterThan(0)
    expect(memory).toEqual([...memory].sort((one, other) => other - one))
  })

  it('names the pods without metrics until they have some', async () => {
    const { namespace } = live
    const known = async () => {
      const { rows, coverage } = await run({ namespace })
      const note = coverage.notes.find(({ code }) => code === 'metrics-partial')
      const missing = String(note?.params.names ?? '')
      const web = rows.filter(([name]) => name?.startsWith('web-')).length
      return { web, missing: missing.split(', ').filter((name) => name.startsWith('web-')).length }
    }
    const first = await known()
    expect(first.web + first.missing).toBe(3)
    await expect.poll(known, { timeout: FIRST_METRICS_MS }).toEqual({ web: 3, missing: 0 })
  })
})
