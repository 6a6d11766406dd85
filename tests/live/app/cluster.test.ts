import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasKubectl, startApp, testKubeconfig } from '../../support/app'
import type { App, McpServer } from '../../support/app'
import { askJson, byText, columnsOf, onlyResult, tableOf } from '../../support/chat'
import { CANARIES, startLiveCluster } from '../../support/cluster/live-cluster'
import type { LiveCluster } from '../../support/cluster/live-cluster'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { READ_SERVERS, readingWith } from '../../support/read-servers'
import type { ReadServer } from '../../support/read-servers'

/** An assistant with a scripted model, on one MCP server and one kubeconfig. */
async function startAssistant(way: ReadServer, kubeconfig: string) {
  const replay: ReplayServer = await startReplayServer({ contextLength: 32_768 })
  const server: McpServer | undefined = await way.start?.({ kubeconfig })
  const app: App = await startApp({ OLLAMA_BASE_URL: replay.url, ...readingWith(way, kubeconfig, server) })
  return {
    app,
    replay,
    ask: async ([name, args]: [string, Record<string, unknown>]) => {
      replay.enqueue(answer.toolCall(name, args), answer.text('ok'))
      return await askJson(app.url, 'question')
    },
    stop: async () => {
      await app.stop()
      await server?.stop()
      await replay.close()
    },
  }
}
type Assistant = Awaited<ReturnType<typeof startAssistant>>

/** Neither a canary nor its base64. */
function expectNoCanary(text: string): void {
  for (const canary of CANARIES) {
    expect(text).not.toContain(canary)
    expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(0, 16))
  }
}

describe.skipIf(!testKubeconfig || !hasKubectl())('on the real API server', () => {
  let cluster: LiveCluster
  beforeAll(async () => {
    cluster = await startLiveCluster(testKubeconfig ?? '')
  })
  afterAll(() => cluster?.remove())

  describe.each(READ_SERVERS)('$name', (way) => {
    const { tools } = way
    let admin: Assistant
    let viewer: Assistant
    beforeAll(async () => {
      admin = await startAssistant(way, cluster.kubeconfig)
      viewer = await startAssistant(way, cluster.twoContexts)
    })
    afterAll(async () => {
      await admin?.stop()
      await viewer?.stop()
    })

    it('shows exactly the rows of "kubectl get pods -A"', async () => {
      // Other pods may change between the two reads, so compare until they agree.
      await expect
        .poll(
          async () => {
            const printed = (await cluster.podRows(['-A'])).map((row) => row.slice(0, 4)).sort(byText)
            const table = tableOf(onlyResult(await admin.ask(tools.listPods)))
            const shown = columnsOf(table, ['NAMESPACE', 'NAME', 'READY', 'STATUS'])
            return { same: JSON.stringify(shown) === JSON.stringify(printed), rows: shown.length > 4 }
          },
          { timeout: 20_000 },
        )
        .toEqual({ same: true, rows: true })
    })

    it("shows the lines of a crashing pod's log", async () => {
      const name = (await cluster.podRows(['-n', cluster.namespace]))
        .map((row) => row[0] ?? '')
        .find((each) => each.startsWith('cart-'))
      const result = onlyResult(await admin.ask(tools.logs(cluster.namespace, name ?? '')))
      expect(result.kind === 'log' && result.text.split('\n')).toEqual(cluster.crashLog)
    })

    it('describes a pod', async () => {
      const name = (await cluster.podRows(['-n', cluster.namespace]))
        .map((row) => row[0] ?? '')
        .find((each) => each.startsWith('api-'))
      const result = onlyResult(await admin.ask(tools.describePod(cluster.namespace, name ?? '')))
      expect(JSON.stringify(result)).toContain('registry.invalid/api-missing:1')
    })

    it('calls a Deployment with nothing ready 0/1', async () => {
      const deployments = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' }
      const table = tableOf(onlyResult(await admin.ask(tools.list(deployments, cluster.namespace))))
      expect(columnsOf(table, ['NAME', 'READY'])).toEqual([
        ['api', '0/1'],
        ['cart', '0/1'],
        ['web', '3/3'],
      ])
    })

    it('shows no value of a Secret, however it is asked for', async () => {
      for (const call of tools.secrets(cluster.namespace, 'gateway')) {
        const reply = await admin.ask(call)
        expect(reply.toolCalls[0]?.status, JSON.stringify(call)).not.toBe('ok')
        expectNoCanary(JSON.stringify(reply))
      }
      expectNoCanary(JSON.stringify(admin.replay.requests.map(({ body }) => body)))
      expectNoCanary(admin.app.logs().join('\n'))
    })

    it("reaches the admin's context by no argument", async () => {
      for (const call of tools.otherContext('admin', 'kube-system')) {
        const reply = await viewer.ask(call)
        expect(reply.toolCalls[0]?.status, JSON.stringify(call)).toBe('denied')
      }
      // The viewer sees only its own namespace, regardless of earlier attempts.
      expect((await viewer.ask(tools.podsIn(cluster.namespace))).toolCalls[0]?.status).toBe('ok')
      const forbidden = await viewer.ask(tools.podsIn('kube-system'))
      expect(forbidden.toolCalls[0]).toMatchObject({ status: 'error' })
      expect(JSON.stringify(forbidden.toolCalls[0]?.result)).toMatch(/forbidden|may not/i)
    })
  })
})
