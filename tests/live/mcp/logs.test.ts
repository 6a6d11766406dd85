import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { kubectlLogs } from '../../../mcp/tools/logs'
import type { ToolArguments } from '../../../mcp/tools/tool'
import type { LogResult } from '../../../shared/result'
import { logText } from '../../../shared/results/log-text'
import { codesOf } from '../../support/message-codes'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { startLiveCluster, type LiveCluster } from '../../support/cluster/live-cluster'

const LINES = 200_000

/** Simulated nodes read annotations, real ones run commands. */
function pod(namespace: string, name: string, command: string, annotations: Record<string, string>, more: object = {}) {
  const container = { name: 'app', image: 'busybox:1.37', command: ['sh', '-c', command] }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, annotations },
    spec: { terminationGracePeriodSeconds: 0, containers: [container], ...more },
  }
}

describe.skipIf(!testKubeconfig || !hasKubectl())('logs of the real API server', () => {
  let live: LiveCluster
  let cluster: OpenCluster
  let viewer: OpenCluster
  let folder: string
  // No other namespace has a pod of that name.
  const unscheduled = `unscheduled-${randomUUID().slice(0, 8)}`

  const run = (args: ToolArguments, on: OpenCluster = cluster) =>
    kubectlLogs.run(args, { cluster: on, signal: AbortSignal.timeout(30_000), now: Date.now })
  async function read(args: ToolArguments, on?: OpenCluster): Promise<LogResult> {
    const result = await run({ namespace: live.namespace, ...args }, on)
    if (result.kind !== 'log') throw new Error(JSON.stringify(result))
    return result
  }
  const codes = ({ coverage }: LogResult) => codesOf(coverage?.notes)

  beforeAll(async () => {
    live = await startLiveCluster(testKubeconfig ?? '')
    folder = await mkdtemp(join(tmpdir(), 'mcp-logs-'))
    const { namespace } = live
    const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }
    const open = (path: string) => openCluster({ credentials: operatorCredentials({ paths: [path] }), rules })
    const sidecar = { name: 'istio-proxy', image: 'busybox:1.37', command: ['sh', '-c', 'echo proxy; sleep 3600'] }
    const waiting = {
      name: 'wait-for-db',
      image: 'busybox:1.37',
      command: ['sh', '-c', 'echo connection refused; sleep 3600'],
    }
    const app = { name: 'app', image: 'busybox:1.37', command: ['sh', '-c', 'echo ERROR boom; exit 3'] }
    const objects = [
      pod(namespace, 'long', `i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); echo "request $i ok"; done; sleep 3600`, {
        'sim/logs': 'request ok\n',
        'sim/lines': String(LINES),
      }),
      pod(
        namespace,
        'two',
        '',
        { 'sim/behaviour.app': 'crash', 'sim/logs.app': 'ERROR boom\n', 'sim/logs.istio-proxy': 'proxy\n' },
        { containers: [sidecar, app] },
      ),
      pod(
        namespace,
        'starting',
        'sleep 3600',
        { 'sim/behaviour.wait-for-db': 'run', 'sim/logs.wait-for-db': 'connection refused\n' },
        { initContainers: [waiting] },
      ),
      pod(namespace, unscheduled, 'sleep 3600', {}, { nodeSelector: { 'example.com/nowhere': 'true' } }),
    ]
    await writeFile(join(folder, 'pods.yaml'), objects.map((object) => stringify(object)).join('---\n'))
    await live.kubectl('create', '-f', join(folder, 'pods.yaml'))
    cluster = open(live.kubeconfig)
    viewer = open(live.twoContexts)
  })
  afterAll(async () => {
    await cluster?.close()
    await viewer?.close()
    await live?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('reads the failing container beside a sidecar (logs-1)', async () => {
    await expect.poll(async () => (await read({ name: 'two' })).text).toBe('ERROR boom')
    const log = await read({ name: 'two' })
    expect(log.source).toBe(`${live.namespace}/two · app`)
    expect(log.others).toEqual([{ name: 'istio-proxy', init: false, state: 'Running' }])
  })

  it('reads the container that was named (logs-2)', async () => {
    await expect.poll(async () => (await read({ name: 'two', container: 'istio-proxy' })).text).toBe('proxy')
  })

  it('reads the init container that the pod waits for (logs-4)', async () => {
    await expect.poll(async () => (await read({ name: 'starting' })).text).toBe('connection refused')
    expect(await read({ name: 'starting' })).toMatchObject({ container: 'wait-for-db', state: 'Init:0/1' })
  })

  it('gives the reason of the scheduler (logs-5)', async () => {
    await expect.poll(async () => codes(await read({ name: unscheduled }))).toContain('pod-not-scheduled')
    await expect
      .poll(async () => (await read({ name: unscheduled })).coverage?.notes[0]?.text)
      .toMatch(/^The pod has not been scheduled yet, so there is no log\. The scheduler: \d+\/\d+ nodes are available/)
  })

  it('reads the crashing pod of a workload, also as a viewer', async () => {
    for (const on of [cluster, viewer]) {
      await expect.poll(async () => (await read({ name: 'deploy/cart' }, on)).text).toContain(live.crashLog.at(-1))
    }
  })

  it('finds a pod without its namespace', async () => {
    expect(await run({ name: unscheduled })).toMatchObject({ kind: 'log', namespace: live.namespace })
  })

  it('searches 200,000 lines, and says that a default read is only their end (logs-8, large-6)', async () => {
    await expect
      .poll(async () => (await read({ name: 'long', search: 'certificate' })).coverage?.total, { timeout: 60_000 })
      .toBe(LINES)
    const none = await read({ name: 'long', search: 'certificate' })
    expect(logText(none)).toContain('Searched all 200,000 lines that the node keeps')
    expect(logText(none)).toContain('No line contains "certificate".')
    const last = await read({ name: 'long' })
    expect(last.coverage).toMatchObject({ shown: 200, complete: false })
    expect(logText(last)).toMatch(/The last 200 lines, .*older lines exist and were not read/)
  })

  it('reports a missing previous run, container and pod as sentences', async () => {
    expect(codes(await read({ name: 'long', previous: true }))).toContain('no-previous-run')
    await expect(read({ name: 'two', container: 'ap' })).rejects.toMatchObject({ code: 'missing-container' })
    await expect(read({ name: 'nothing' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
