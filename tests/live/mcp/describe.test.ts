/** kubectl_describe, kubectl_rollout and kubectl_explain on a real API server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { kubectlDescribe } from '../../../mcp/tools/describe'
import { kubectlExplain } from '../../../mcp/tools/explain'
import { kubectlRollout } from '../../../mcp/tools/rollout'
import type { ReadTool, ToolArguments } from '../../../mcp/tools/tool'
import { objectText } from '../../../shared/results/object-text'
import { estimateTokens } from '../../../shared/results/tokens'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { CANARIES, startLiveCluster, type LiveCluster } from '../../support/cluster/live-cluster'

describe.skipIf(!testKubeconfig || !hasKubectl())('descriptions by a real API server', () => {
  let live: LiveCluster
  let cluster: OpenCluster
  let viewer: OpenCluster

  const run = (tool: ReadTool, args: ToolArguments, on: OpenCluster = cluster) =>
    tool.run(
      { namespace: live.namespace, ...args },
      { cluster: on, signal: AbortSignal.timeout(60_000), now: Date.now },
    )

  async function object(tool: ReadTool, args: ToolArguments, on?: OpenCluster) {
    const result = await run(tool, args, on)
    if (result.kind !== 'object') throw new Error(result.kind)
    const section = (title: string) => result.sections.find((each) => each.title === title)
    return { ...result, titles: result.sections.map(({ title }) => title), section }
  }

  async function podOf(app: string): Promise<string> {
    const name = 'jsonpath={.items[0].metadata.name}'
    return live.kubectl('get', 'pods', '-n', live.namespace, '-l', `app=${app}`, '-o', name)
  }

  const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }

  beforeAll(async () => {
    live = await startLiveCluster(testKubeconfig ?? '')
    cluster = openCluster({ credentials: operatorCredentials({ paths: [live.kubeconfig] }), rules })
    viewer = openCluster({ credentials: operatorCredentials({ paths: [live.twoContexts] }), rules })
  })
  afterAll(async () => {
    await cluster?.close()
    await viewer?.close()
    await live?.remove()
  })

  it('puts the states, conditions and events of a crashing pod before its setup', async () => {
    const pod = await object(kubectlDescribe, { resource: 'pod', name: await podOf('cart') })
    expect(pod.verdict).toBe('bad')
    expect(pod.titles.slice(0, 4)).toEqual(['State', 'Containers', 'Conditions', 'Events'])
    expect(pod.section('Containers')?.rows?.[0]?.join(' ')).toMatch(/CrashLoopBackOff.*exit code 1/)
    expect(pod.section('Events')?.rows?.[0]?.join(' ')).toMatch(/Warning BackOff/)
    expect(pod.section('About')?.text).toMatch(/Owned by: ReplicaSet\/cart-\S+, which is owned by Deployment\/cart/)
  })

  it('tells which Ingress, Service and owners a pod belongs to, and where that breaks', async () => {
    const { namespace } = live
    const inside = ['-n', namespace]
    await live.kubectl('expose', 'deployment', 'cart', '--name=front', '--port=80', ...inside)
    await live.kubectl('create', 'ingress', 'public', '--default-backend=front:80', ...inside)
    const name = await podOf('cart')
    const { chain = [] } = await object(kubectlDescribe, { resource: 'pod', name })
    expect(chain.map(({ kind }) => kind)).toEqual(['Ingress', 'Service', 'Deployment', 'ReplicaSet', 'Pod'])
    expect(chain.map((each) => each.name)).toEqual(['public', 'front', 'cart', name.replace(/-[^-]+$/, ''), name])
    expect(chain.at(-1)).toMatchObject({ namespace, state: 'read', verdict: 'bad' })
    const service = await object(kubectlDescribe, { resource: 'service', name: 'front' })
    expect(service.chain?.map(({ kind }) => kind)).toEqual(['Ingress', 'Service'])
    expect((await object(kubectlDescribe, { resource: 'secret', name: 'gateway' })).chain).toBeUndefined()
  })

  it.each([150, 400, 1200])('keeps them in a text of %i tokens', async (maxTokens) => {
    const pod = await object(kubectlDescribe, { resource: 'pod', name: await podOf('cart') })
    const text = objectText(pod, { maxTokens })
    expect(text).toContain('exit code 1')
    expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens)
  })

  it('shows a Deployment with its pods and why these fail', async () => {
    const deployment = await object(kubectlDescribe, { resource: 'deploy', name: 'api' })
    expect(deployment.section('ReplicaSets')?.text).toMatch(/^revision 1: api-\S+, 0 of 1 ready/)
    expect(deployment.section('Pods')?.rows).toHaveLength(1)
    expect(JSON.stringify(deployment.section('Events'))).toMatch(/api-missing/)
  })

  it('shows the keys of a Secret and none of its data', async () => {
    const secret = await object(kubectlDescribe, { resource: 'secret', name: 'gateway' })
    expect(secret.section('Data')?.rows?.map(([key]) => key)).toEqual(['key', 'password'])
    const everything = JSON.stringify(secret)
    for (const canary of CANARIES) {
      expect(everything).not.toContain(canary)
      expect(everything).not.toContain(Buffer.from(canary).toString('base64'))
    }
  })

  it('describes what a user may see, and an object that is not there with near names', async () => {
    const deployment = await object(kubectlDescribe, { resource: 'deploy', name: 'web' }, viewer)
    expect(deployment.section('Pods')?.rows).toHaveLength(3)
    await expect(run(kubectlDescribe, { resource: 'deploy', name: 'wbe' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('web'),
    })
    await expect(run(kubectlDescribe, { resource: 'secret', name: 'gateway' }, viewer)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('shows how far a rollout is, and its revisions with images and cause', async () => {
    const { namespace } = live
    const done = await object(kubectlRollout, { action: 'status', resource: 'deploy', name: 'web' })
    expect(done.section('Rollout')?.text).toMatch(/^State: complete\n.*3 of 3/)
    await live.kubectl('-n', namespace, 'set', 'image', 'deployment/web', 'web=registry.invalid/web-missing:2')
    await live.kubectl('-n', namespace, 'annotate', 'deployment/web', 'kubernetes.io/change-cause=a bad image')
    await expect
      .poll(async () => (await object(kubectlRollout, { name: 'web' })).section('Rollout')?.text)
      .toMatch(/^State: in progress\nProgress: 1 of 3 replicas are updated/)
    await expect
      .poll(async () => {
        const table = await run(kubectlRollout, { action: 'history', name: 'web' })
        return table.kind === 'table' ? table.rows.map((row) => [row[0], row[1], row[3], row[4]]) : table
      })
      .toEqual([
        ['2', 'yes', 'registry.invalid/web-missing:2', 'a bad image'],
        ['1', '', 'busybox:1.36', ''],
      ])
    const first = await object(kubectlRollout, { action: 'history', name: 'web', revision: 1 })
    expect(first.section('Container web')?.text).toContain('sleep 3600')
  })

  it('explains fields from the server’s own OpenAPI', async () => {
    const text = await run(kubectlExplain, { resource: 'deploy', field: 'spec.strategy' })
    expect(text).toMatchObject({ kind: 'text', text: expect.stringContaining('"Recreate"|"RollingUpdate"') })
    const spec = await run(kubectlExplain, { resource: 'pod', field: 'spec' })
    if (spec.kind !== 'text') throw new Error(spec.kind)
    expect(spec.text).toContain('containers <[]Container> required')
    expect(estimateTokens(spec.text)).toBeLessThan(1200)
    await expect(run(kubectlExplain, { resource: 'deploy', field: 'replicas' })).rejects.toMatchObject({
      message: expect.stringContaining('spec.replicas'),
    })
  })
})
