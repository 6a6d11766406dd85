import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { hasKubectl, startApp } from '../../support/app'
import type { App, McpServer } from '../../support/app'
import { askJson, columnsOf, onlyResult, tableOf } from '../../support/chat'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { READ_SERVERS, readingWith } from '../../support/read-servers'
import { MCP_SERVER_KUBERNETES, OWN } from '../../support/tool-names'

let cluster: DemoCluster
beforeAll(async () => {
  cluster = await startDemoCluster()
})
afterAll(() => cluster?.close())

function childrenOf(pid: number): number[] {
  const printed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = printed
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))
}

describe.each(READ_SERVERS)('$name', (way) => {
  const { tools, start } = way
  const skipped = tools === MCP_SERVER_KUBERNETES && !hasKubectl()
  if (skipped) console.log('Skipped: mcp-server-kubernetes needs kubectl, which is not on the PATH.')
  describe.skipIf(skipped)('on the demo cluster', () => {
    let replay: ReplayServer
    let app: App
    let server: McpServer | undefined
    let port: number

    beforeAll(async () => {
      replay = await startReplayServer({ contextLength: 32_768 })
      server = await start?.({ kubeconfig: cluster.kubeconfigPath })
      port = server?.port ?? 0
      app = await startApp({ OLLAMA_BASE_URL: `${replay.url}/v1`, ...readingWith(way, cluster.kubeconfigPath, server) })
    })
    afterAll(async () => {
      await app?.stop()
      await server?.stop()
      await replay?.close()
    })

    const ask = async ([name, args]: [string, Record<string, unknown>]) => {
      replay.enqueue(answer.toolCall(name, args), answer.text('ok'))
      return await askJson(app.url, 'question')
    }

    it('lists the pods as a table with the columns of kubectl', async () => {
      const table = tableOf(onlyResult(await ask(tools.listPods)))
      expect(table.columns.slice(0, 6)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
      const rows = columnsOf(table, ['NAMESPACE', 'READY', 'STATUS'])
      expect(rows.filter(([namespace]) => namespace === 'shop')).toContainEqual(['shop', '0/1', 'CrashLoopBackOff'])
      expect(rows.filter(([namespace]) => namespace === 'payments')).toContainEqual([
        'payments',
        '0/1',
        'ImagePullBackOff',
      ])
    })

    it('calls a Deployment with nothing ready by its numbers, not "Active"', async () => {
      const deployments = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' }
      const table = tableOf(onlyResult(await ask(tools.list(deployments, 'shop'))))
      expect(columnsOf(table, ['NAME', 'READY'])).toContainEqual(['cart', '0/2'])
    })

    it.each([
      { apiVersion: 'v1', kind: 'Service', plural: 'services' },
      { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
    ])('lists $plural as a table', async (kind) => {
      const table = tableOf(onlyResult(await ask(tools.list(kind, kind.kind === 'Service' ? 'shop' : 'payments'))))
      expect(table.columns).toContain('NAME')
      expect(table.rows.length).toBeGreaterThan(0)
    })

    it('reads the logs of a crashing pod', async () => {
      const pods = tableOf(onlyResult(await ask(tools.podsIn('shop'))))
      const name = columnsOf(pods, ['NAME'])
        .flat()
        .find((each) => each.startsWith('cart-'))
      const result = onlyResult(await ask(tools.logs('shop', name ?? '')))
      expect(result).toMatchObject({ kind: 'log', text: expect.stringMatching(/redis/i) })
    })

    it('describes a pod', async () => {
      const pods = tableOf(onlyResult(await ask(tools.podsIn('shop'))))
      const name =
        columnsOf(pods, ['NAME'])
          .flat()
          .find((each) => each.startsWith('web-')) ?? ''
      const result = onlyResult(await ask(tools.describePod('shop', name)))
      expect(tools === OWN ? ['object'] : ['yaml', 'text']).toContain(result.kind)
      expect(JSON.stringify(result)).toContain(name)
    })

    it('gives an error of the cluster to the model as a result', async () => {
      const { toolCalls } = await ask(tools.describePod('shop', 'no-such-pod'))
      expect(toolCalls[0]).toMatchObject({ status: 'error' })
      expect(JSON.stringify(toolCalls[0]?.result)).toMatch(/not found|there is no/i)
    })

    it('gives an error of the server to the model as a result: a kind that is not there', async () => {
      const { toolCalls } = await ask(
        tools.list({ apiVersion: 'nope.example.com/v1', kind: 'Nope', plural: 'nopes' }, 'shop'),
      )
      expect(toolCalls[0]).toMatchObject({ status: 'error' })
    })

    it.each(tools.secrets('payments', 'gateway-credentials'))('keeps the Secret from %s %j', async (name, args) => {
      const { toolCalls } = await ask([name, args])
      expect(['denied', 'error']).toContain(toolCalls[0]?.status)
      // A misspelt tool name would prove nothing.
      expect(JSON.stringify(toolCalls[0]?.result)).not.toContain('There is no tool')
    })

    it.runIf(tools === MCP_SERVER_KUBERNETES)('answers a write with "needs approval" and does not run it', async () => {
      const scale = { name: 'web', namespace: 'shop', replicas: 5, resourceType: 'deployment' }
      const { toolCalls } = await ask(['kubectl_scale', scale])
      expect(toolCalls[0]).toMatchObject({ name: 'kubectl_scale', status: 'denied' })
      const { tools: listed } = await (await fetch(`${app.url}/api/mcp/tools`)).json()
      expect(listed).toContainEqual(expect.objectContaining({ serverName: 'kubectl_scale', offered: false }))
    })

    it('makes a dry run of a manifest only if it plans changes', async () => {
      const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh, namespace: shop}\ndata: {mode: fast}\n'
      const response = await fetch(`${app.url}/api/dry-run`, { method: 'POST', body: JSON.stringify({ manifest }) })
      const [status, result] = [response.status, await response.json()]
      const plans = tools === OWN && !start
      expect(status).toBe(plans ? 200 : 404)
      expect(result).toMatchObject(
        plans
          ? { kind: 'plan', objects: [{ verb: 'create', diff: expect.stringContaining('+  mode: fast') }] }
          : { kind: 'text', localized: { code: 'dry-run-unavailable' } },
      )
    })

    it('is found again after it was killed', async () => {
      if (server && start) {
        process.kill(server.pid, 'SIGKILL')
        server = await start({ kubeconfig: cluster.kubeconfigPath, port })
      } else {
        const children = childrenOf(app.pid)
        expect(children).toHaveLength(1)
        for (const pid of children) process.kill(pid, 'SIGKILL')
      }
      await expect.poll(async () => (await ask(tools.listPods)).toolCalls[0]?.status, { timeout: 20_000 }).toBe('ok')
    })
  })
})
