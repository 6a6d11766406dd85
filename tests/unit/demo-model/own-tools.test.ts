/** The rules with our own reading tools on the demo cluster: what a person sees who starts the assistant with nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster, type DemoCluster } from '../../../demo/cluster/index'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/credentials'
import { callTool } from '../../../mcp/protocol/call'
import { readTools } from '../../../mcp/tools'
import type { ModelTool } from '../../../server/model/types'
import { contWriting, converse, type Call } from './converse'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const ownTools: ModelTool[] = readTools.map(({ name, description, properties }) => {
  const entries = Object.entries(properties).map(([key, schema]) => [key, { ...schema }] as const)
  return { name, description, parameters: { type: 'object', properties: Object.fromEntries(entries) } }
})
/** As they are offered together until our own server writes. */
const tools = [...contWriting, ...ownTools]

let demo: DemoCluster
let cluster: OpenCluster
beforeAll(async () => {
  demo = await startDemoCluster()
  const credentials = operatorCredentials({ paths: [demo.kubeconfigPath] })
  cluster = openCluster({ credentials, rules: { deniedKinds: new Set(['secret']), deniedNamespaces: new Set() } })
})
afterAll(async () => {
  await cluster.close()
  await demo.close()
})

async function run({ name, arguments: args }: Call): Promise<string> {
  const tool = readTools.find((each) => each.name === name)
  if (!tool) return 'not run: the person declined this call.'
  const context = { cluster: async () => cluster, signal: AbortSignal.timeout(20_000), now: Date.now, log: silent }
  const { result } = await callTool(tool, args, context)
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
}

const ask = (question: string) => converse(question, tools, run)

describe('the rules with our own tools', () => {
  it.each([
    ['Show me all pods', 'kubectl_get', { resource: 'pods' }],
    ['List services in namespace shop', 'kubectl_get', { resource: 'services', namespace: 'shop' }],
    ['list namespaces', 'kubectl_get', { resource: 'namespaces' }],
    ['Show the events of namespace payments', 'kubectl_events', { namespace: 'payments' }],
    ['Top pods in namespace shop', 'kubectl_top', { resource: 'pods', namespace: 'shop' }],
    ['Which node uses the most memory?', 'kubectl_top', { resource: 'nodes' }],
    ['Show all helm releases', 'helm_list', {}],
  ])('answers %j with %s %j', async (question, name, args) => {
    expect((await ask(question)).rounds).toEqual([[{ name, arguments: args }]])
  })

  it('counts pods and names those that are not healthy', async () => {
    const { text } = await ask('Show me all pods')
    expect(text).toMatch(/^24 pods, 5 of them not healthy: /)
    for (const reason of ['ImagePullBackOff', 'CrashLoopBackOff', 'Pending']) expect(text).toContain(reason)
  })

  it('counts what is there of other kinds', async () => {
    expect((await ask('list nodes')).text).toMatch(/^3 nodes, all of them healthy\./)
    expect((await ask('List services in namespace shop')).text).toMatch(
      /^3 services in namespace `shop`, 2 of them not healthy: `cart` \(none of its 2 endpoints is ready\)/,
    )
    expect((await ask('deployments')).text).toMatch(/^7 deployments, 3 of them not healthy: /)
    expect((await ask('Show all helm releases')).text).toMatch(/^1 Helm release\b/)
    expect((await ask('List pods in namespace default')).text).toMatch(/^0 pods in namespace `default`\./)
  })

  it('says which pods and nodes use the most', async () => {
    expect((await ask('Top pods in namespace shop')).text).toMatch(
      /^4 pods in namespace `shop`\. Of these pods, `web-\S+` \(\d+m\) uses the most CPU and `\S+` \(\d+Mi\) the most memory/,
    )
    expect((await ask('Top nodes')).text).toMatch(/^3 nodes\. Of these nodes, `demo-worker-\d`/)
  })

  it('quotes the log of a crashing pod', async () => {
    const { rounds, text } = await ask('Show the logs of cart')
    expect(rounds[1]).toEqual([{ name: 'kubectl_logs', arguments: { name: expect.any(String), namespace: 'shop' } }])
    expect(text).toMatch(/above has 7 lines\./)
    expect(text).toContain('FATAL no session store')
  })

  it('says why there is no log', async () => {
    const { text } = await ask('Show the logs of api in namespace payments')
    expect(text).toContain('The container api has not started: ImagePullBackOff')
  })

  it('describes a pod that no node takes', async () => {
    const { text } = await ask('Describe pod reports in namespace payments')
    expect(text).toMatch(/^The phase of pod `reports-\S+` is Pending\./)
    expect(text).toContain('Insufficient cpu')
  })

  it('finds what is wrong', async () => {
    const { rounds, text } = await ask('What is wrong in namespace shop?')
    expect(rounds.map((round) => round.map(({ name }) => name))).toEqual([
      ['kubectl_get'],
      ['kubectl_events', 'kubectl_logs'],
    ])
    expect(text).toContain('Of 6 pods in namespace `shop`, 2 are not healthy:')
    expect(text).toContain('event BackOff: Back-off restarting failed container cart')
    expect(text).toContain('FATAL no session store')
  })

  it.each([
    ['List pods in namespace shopp', 'There is no namespace shopp. Did you mean shop?'],
    ['Describe pod ledger-9 in namespace payments', 'There is no Pod ledger-9 in payments.'],
  ])('reports the error of %j', async (question, words) => {
    expect((await ask(question)).text).toContain(`The tool answered with an error: ${words}`)
  })

  it('looks an object up before a change, and asks the other server to make it', async () => {
    const { rounds } = await ask('Scale web to 5')
    expect(rounds).toEqual([
      [{ name: 'kubectl_get', arguments: { resource: 'deployment' } }],
      [
        {
          name: 'resources_scale',
          arguments: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 },
        },
      ],
    ])
  })
})
