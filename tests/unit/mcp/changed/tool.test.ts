/** `what_changed`, and the chain of `kubectl_describe`, against the API server of the demo cluster. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster, type DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { openCluster, type OpenCluster } from '../../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../../mcp/kubernetes/connection/operator-credentials'
import { kubectlDescribe } from '../../../../mcp/tools/describe'
import { diagnose } from '../../../../mcp/tools/diagnose'
import { whatChanged } from '../../../../mcp/tools/what-changed'
import type { ReadTool, ToolArguments } from '../../../../mcp/tools/tool'
import { changesText } from '../../../../shared/results/changes-text'
import { estimateTokens } from '../../../../shared/results/tokens'

let demo: DemoCluster
let cluster: OpenCluster

async function send(method: string, path: string, body: object, type = 'application/json'): Promise<void> {
  const response = await fetch(`${demo.url}${path}`, {
    method,
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
}

const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/web'
const patch = (path: string, manager: string, body: object) =>
  send('PATCH', `${path}?fieldManager=${manager}`, body, 'application/strategic-merge-patch+json')

async function run(tool: ReadTool, args: ToolArguments) {
  return await tool.run(args, { cluster, signal: AbortSignal.timeout(20_000), now: Date.now })
}

async function changes(args: ToolArguments) {
  const answer = await run(whatChanged, args)
  if (answer.kind !== 'changes') throw new Error(answer.kind)
  return answer
}

beforeAll(async () => {
  demo = await startDemoCluster()
  const rules = { deniedKinds: new Set(['secret']), deniedNamespaces: new Set<string>() }
  cluster = openCluster({ credentials: operatorCredentials({ paths: [demo.kubeconfigPath] }), rules })
  const containers = [{ name: 'web', image: 'registry.example.com/web-missing:2' }]
  await patch(DEPLOYMENT, 'kubectl-edit', { spec: { template: { spec: { containers } } } })
  await patch(DEPLOYMENT, 'kubectl-scale', { spec: { replicas: 4 } })
  await send('POST', '/api/v1/namespaces/shop/configmaps?fieldManager=terraform', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'made-today' },
    data: { mode: 'fast' },
  })
})
afterAll(async () => {
  await cluster.close()
  await demo.close()
})

describe('what_changed', () => {
  it('lists the changes of a namespace, newest first, with who made them', async () => {
    const { changes: found, coverage, total } = await changes({ namespace: 'shop', since: '1h' })
    const times = found.map(({ at }) => Date.parse(at))
    expect(times).toEqual([...times].sort((one, other) => other - one))
    expect(coverage).toMatchObject({ scope: 'namespaces', namespaces: ['shop'] })
    expect(total).toBeGreaterThan(0)
    const ofWeb = found.filter(({ object }) => object.kind === 'Deployment' && object.name === 'web')
    expect(ofWeb.length).toBeGreaterThan(0)
    expect(JSON.stringify(found)).toContain('made-today')
  })

  it('lists those of one object alone', async () => {
    const { changes: found } = await changes({ resource: 'deploy', name: 'web', namespace: 'shop', since: '1h' })
    expect(found.length).toBeGreaterThan(0)
    expect(JSON.stringify(found)).not.toContain('made-today')
  })

  it('lists those of the cluster, and tells the model in at most 600 tokens', async () => {
    const answer = await changes({})
    expect(answer.coverage.scope).toBe('cluster')
    const about = { cluster: await cluster.identity(AbortSignal.timeout(5000)), asOf: new Date().toISOString() }
    const text = changesText({ ...answer, ...about }, { maxTokens: 1200 })
    expect(estimateTokens(text)).toBeLessThanOrEqual(600)
    expect(text).toContain('web')
  })

  it('reports a namespace that does not exist', async () => {
    await expect(changes({ namespace: 'shpo' })).rejects.toMatchObject({ code: 'missing-namespace' })
  })
})

describe('kubectl_describe', () => {
  it.each([
    ['service', 'cart', 'shop'],
    ['deployment', 'web', 'shop'],
    ['node', 'demo-worker-1', undefined],
  ])('has the chain of a %s', async (resource, name, namespace) => {
    const answer = await run(kubectlDescribe, { resource, name, ...(namespace && { namespace }) })
    expect(answer).toMatchObject({ kind: 'object' })
  })

  it('goes from the owner to the pod, each with its verdict', async () => {
    const listed = await (await fetch(`${demo.url}/api/v1/namespaces/shop/pods`)).text()
    const name = /"name":"(cart-[a-z0-9]+-[a-z0-9]+)"/.exec(listed)?.[1] ?? ''
    const answer = await run(kubectlDescribe, { resource: 'pod', name, namespace: 'shop' })
    expect('chain' in answer && answer.chain?.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Deployment', 'ReplicaSet', 'Pod']),
    )
  })
})

describe('diagnose', () => {
  it('finds the Service that selects no pod, with its selector', async () => {
    const answer = await run(diagnose, { namespace: 'shop' })
    expect(JSON.stringify(answer)).toContain('app=redis-cache')
  })
})
