/** The Helm tools against the API server of the demo cluster, where a release is installed and others are written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster, type DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { openCluster, type OpenCluster } from '../../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../../mcp/kubernetes/connection/operator-credentials'
import { helmHistory, helmList, helmValues } from '../../../../mcp/tools/helm'
import type { ReadTool, ToolArguments } from '../../../../mcp/tools/tool'
import { inSecret, releaseJson } from './stored'

const CANARY = 'zebra-Crossing-7731'
let demo: DemoCluster
let cluster: OpenCluster

function open(deniedNamespaces: string[] = []): OpenCluster {
  const rules = { deniedKinds: new Set(['secret']), deniedNamespaces: new Set(deniedNamespaces) }
  return openCluster({ credentials: operatorCredentials({ paths: [demo.kubeconfigPath] }), rules })
}

async function write(name: string, version: number, status: string, release = ''): Promise<void> {
  const labels = { owner: 'helm', name, status, version: String(version), modifiedAt: '1700000000' }
  const stored = inSecret(releaseJson({ name, version, status, config: { token: CANARY, motd: `use ${CANARY}` } }))
  const body = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: { name: `sh.helm.release.v1.${name}.v${version}`, labels },
    data: { release: release || stored },
  }
  const headers = { 'content-type': 'application/json' }
  const url = `${demo.url}/api/v1/namespaces/shop/secrets`
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await response.text())
}

async function run(tool: ReadTool, args: ToolArguments, on = cluster) {
  return await tool.run(args, { cluster: on, signal: AbortSignal.timeout(20_000), now: Date.now })
}

async function rows(tool: ReadTool, args: ToolArguments, on = cluster) {
  const answer = await run(tool, args, on)
  if (answer.kind !== 'table') throw new Error(answer.kind)
  return answer
}

beforeAll(async () => {
  demo = await startDemoCluster()
  cluster = open()
  await write('web', 1, 'superseded')
  await write('web', 2, 'pending-upgrade')
  await write('web', 10, 'failed')
  await write('queue', 1, 'pending-install')
  await write('torn', 1, 'deployed', Buffer.from('not a release').toString('base64'))
})
afterAll(async () => {
  await cluster.close()
  await demo.close()
})

describe('helm_list', () => {
  it('shows the newest revision of each release, the bad ones first', async () => {
    const { rows: found, coverage } = await rows(helmList, {})
    expect(
      found.map(([namespace, name, revision, , status, chart]) => [namespace, name, revision, status, chart]),
    ).toEqual([
      ['shop', 'queue', '1', 'pending-install', 'cart-2.4.0'],
      ['shop', 'web', '10', 'failed', 'cart-2.4.0'],
      ['monitoring', 'prometheus', '2', 'deployed', 'prometheus-27.13.0'],
      ['shop', 'torn', '1', 'deployed', '-'],
    ])
    expect(coverage).toMatchObject({ scope: 'cluster', total: 4, complete: true })
    expect(coverage.notes.map(({ code }) => code)).toEqual(['helm-payload-unread'])
  })

  it('leaves out a namespace that the operator denies, and reads Secrets although they are denied to clients', async () => {
    const bounded = open(['shop'])
    const { rows: found } = await rows(helmList, {}, bounded)
    expect(found.map(([, name]) => name)).toEqual(['prometheus'])
    await expect(run(helmValues, { name: 'web', namespace: 'shop' }, bounded)).rejects.toMatchObject({
      code: 'denied-by-operator',
    })
    await bounded.close()
  })
})

describe('helm_history and helm_values', () => {
  it('show revisions newest first', async () => {
    const { rows: found } = await rows(helmHistory, { name: 'web' })
    expect(found.map((row) => `${row[2]} ${row[4]}`)).toEqual(['10 failed', '2 pending-upgrade', '1 superseded'])
  })

  it('show no credential', async () => {
    const text = JSON.stringify(await run(helmValues, { name: 'web', revision: 2 }))
    expect(text).toContain('token: <redacted>')
    expect(text).toContain('use <redacted>')
    expect(text).not.toContain(CANARY)
  })

  it.each([
    [{ name: 'wep', namespace: 'shop' }, 'No Helm release "wep" in namespace shop. Releases there: web, queue, torn.'],
    [{ name: 'web', revision: 7 }, 'has no revision 7. Kept revisions: 10, 2, 1.'],
    [{ name: 'web', namespace: 'shopp' }, 'There is no namespace shopp. Did you mean shop?'],
  ])('report missing releases: %j', async (args, message) => {
    await expect(run(helmValues, args)).rejects.toThrow(message)
  })
})
