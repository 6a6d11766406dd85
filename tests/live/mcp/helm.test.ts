import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { helmHistory, helmList, helmValues } from '../../../mcp/tools/helm'
import type { ReadTool, ToolArguments } from '../../../mcp/tools/tool'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { startLiveCluster, type LiveCluster } from '../../support/cluster/live-cluster'
import { inConfigMap, inSecret, releaseJson, type ReleaseFixture } from '../../unit/mcp/helm/stored'

const CANARY = `hunter2-helm-canary-${randomUUID().slice(0, 8)}`
const MINUTE = 60

/** A revision as Helm stores it, in a Secret or a ConfigMap. */
function stored(
  namespace: string,
  fixture: Required<Pick<ReleaseFixture, 'name' | 'version' | 'status'>>,
  kind = 'Secret',
) {
  const { name, version, status } = fixture
  const release = releaseJson({
    ...fixture,
    description: status === 'failed' ? `Upgrade failed: bad value ${CANARY}` : 'done',
    config: { replicas: version, db: { password: CANARY }, notes: `log in with ${CANARY}` },
    defaults: {
      blob: Buffer.from(`password=${CANARY}`).toString('base64'),
      env: [{ name: 'API_TOKEN', value: CANARY }],
    },
  })
  const modifiedAt = String(Math.floor(Date.now() / 1000) - 30 * MINUTE)
  const metadata = {
    name: `sh.helm.release.v1.${name}.v${version}`,
    namespace,
    labels: { owner: 'helm', name, status, version: String(version), modifiedAt },
  }
  return kind === 'Secret'
    ? { apiVersion: 'v1', kind, type: 'helm.sh/release.v1', metadata, data: { release: inSecret(release) } }
    : { apiVersion: 'v1', kind, metadata, data: { release: inConfigMap(release) } }
}

describe.skipIf(!testKubeconfig || !hasKubectl())('Helm releases of the real API server', () => {
  let live: LiveCluster
  let cluster: OpenCluster
  let folder: string
  const configMaps = `assistant-test-${randomUUID().slice(0, 8)}`
  const rules = { deniedKinds: new Set(['secret']), deniedNamespaces: new Set<string>() }

  const run = (tool: ReadTool, args: ToolArguments, on: OpenCluster = cluster) =>
    tool.run(args, { cluster: on, signal: AbortSignal.timeout(30_000), now: Date.now })

  beforeAll(async () => {
    live = await startLiveCluster(testKubeconfig ?? '')
    folder = await mkdtemp(join(tmpdir(), 'mcp-helm-'))
    const { namespace } = live
    const objects = [
      stored(namespace, { name: 'wax', version: 1, status: 'superseded' }),
      stored(namespace, { name: 'wax', version: 2, status: 'deployed' }),
      stored(namespace, { name: 'wax', version: 10, status: 'failed' }),
      stored(namespace, { name: 'queue', version: 1, status: 'pending-install' }),
      stored(namespace, { name: 'old', version: 3, status: 'uninstalled' }),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: configMaps } },
      stored(configMaps, { name: 'kept', version: 1, status: 'deployed' }, 'ConfigMap'),
    ]
    await writeFile(join(folder, 'releases.yaml'), objects.map((object) => stringify(object)).join('---\n'))
    await live.kubectl('create', '-f', join(folder, 'releases.yaml'))
    cluster = openCluster({ credentials: operatorCredentials({ paths: [live.kubeconfig] }), rules })
  })
  afterAll(async () => {
    await cluster?.close()
    await live?.kubectl('delete', 'namespace', configMaps, '--wait=false', '--ignore-not-found')
    await live?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('lists the newest revision of each release, also pending, failed and uninstalled ones', async () => {
    const table = await run(helmList, { namespace: live.namespace })
    if (table.kind !== 'table') throw new Error(table.kind)
    expect(table.rows.map((row) => row.filter((_, index) => index !== 3))).toEqual([
      [live.namespace, 'queue', '1', 'pending-install', 'cart-2.4.0', '1.29'],
      [live.namespace, 'wax', '10', 'failed', 'cart-2.4.0', '1.29'],
      [live.namespace, 'old', '3', 'uninstalled', 'cart-2.4.0', '1.29'],
    ])
    expect(table.verdicts).toEqual(['bad', 'bad', 'unknown'])
    expect(table.reasons?.['1']).toBe('revision 10 failed; revision 2 is still deployed')
    expect(table.coverage).toMatchObject({ complete: true, shown: 3, total: 3 })
  })

  it('finds them in all namespaces', async () => {
    const table = await run(helmList, {})
    if (table.kind !== 'table') throw new Error(table.kind)
    expect(table.rows.filter(([namespace]) => namespace === live.namespace)).toHaveLength(3)
    expect(table.coverage.scope).toBe('cluster')
  })

  it('reads ConfigMaps if no Secret holds a release', async () => {
    const table = await run(helmList, { namespace: configMaps })
    expect(table).toMatchObject({
      rows: [[configMaps, 'kept', '1', expect.any(String), 'deployed', 'cart-2.4.0', '1.29']],
    })
  })

  it('shows the revisions of one release, the newest first', async () => {
    const table = await run(helmHistory, { name: 'wax' })
    if (table.kind !== 'table') throw new Error(table.kind)
    expect(table.rows.map((row) => row[2])).toEqual(['10', '2', '1'])
    expect(table.rows[0]?.at(-1)).toBe('Upgrade failed: bad value <redacted>')
  })

  it('never shows a credential, plain or in base64', async () => {
    const results = [
      await run(helmList, { namespace: live.namespace }),
      await run(helmHistory, { name: 'wax', namespace: live.namespace }),
      await run(helmValues, { name: 'wax', namespace: live.namespace }),
      await run(helmValues, { name: 'wax', namespace: live.namespace, revision: 2 }),
      await run(helmValues, { name: 'kept' }),
    ]
    const text = JSON.stringify(results)
    expect(text).toContain('replicas: 10')
    for (const offset of ['', 'x', 'xx']) {
      const encoded = Buffer.from(offset + CANARY).toString('base64')
      expect(text).not.toContain(encoded.slice(offset === '' ? 0 : 4, 20))
    }
    expect(text).not.toContain(CANARY)
  })

  it('names the releases that exist if one does not', async () => {
    const message = `No Helm release "wex" in namespace ${live.namespace}. Releases there: wax, old, queue.`
    await expect(run(helmValues, { name: 'wex', namespace: live.namespace })).rejects.toMatchObject({
      code: 'not-found',
      message,
      params: { near: 'wax' },
    })
    await expect(run(helmValues, { name: 'wax', namespace: live.namespace, revision: 7 })).rejects.toThrow(
      'Kept revisions: 10, 2, 1.',
    )
    await expect(run(helmList, { namespace: 'no-such-namespace' })).rejects.toMatchObject({ code: 'missing-namespace' })
  })

  it('tells a user who may not read Secrets that this is why', async () => {
    const credentials = operatorCredentials({ paths: [live.twoContexts], context: 'viewer' })
    const viewer = openCluster({ credentials, rules })
    await expect(run(helmList, { namespace: live.namespace }, viewer)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Helm keeps its releases in Secrets.'),
    })
    await viewer.close()
  })

  it('does not read a namespace that the operator denies', async () => {
    const deniedNamespaces = new Set([live.namespace])
    const credentials = operatorCredentials({ paths: [live.kubeconfig] })
    const bounded = openCluster({ credentials, rules: { ...rules, deniedNamespaces } })
    await expect(run(helmList, { namespace: live.namespace }, bounded)).rejects.toMatchObject({
      code: 'denied-by-operator',
    })
    const table = await run(helmList, {}, bounded)
    if (table.kind !== 'table') throw new Error(table.kind)
    expect(table.rows.filter(([namespace]) => namespace === live.namespace)).toEqual([])
    await bounded.close()
  })
})
