import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { hasKubectl, startApp, startKubernetesMcpServer, startMcpServerKubernetes } from '../../support/app'
import { askJson, onlyResult, tableOf } from '../../support/chat'
import { manyPods, startClusterProxy } from '../../support/cluster/cluster-proxy'
import type { ClusterProxy } from '../../support/cluster/cluster-proxy'
import { answer, startReplayServer } from '../../support/ollama'
import { KUBERNETES_MCP_SERVER, MCP_SERVER_KUBERNETES, OWN } from '../../support/tool-names'

const PODS = 5000
const WINDOW = 8192

let cluster: DemoCluster
let proxy: ClusterProxy
beforeAll(async () => {
  cluster = await startDemoCluster()
  proxy = await startClusterProxy(cluster, manyPods(cluster, PODS))
})
afterAll(async () => {
  await proxy?.close()
  await cluster?.close()
})

describe.each([
  { name: 'our own server', tools: OWN, start: undefined },
  { name: 'kubernetes-mcp-server', tools: KUBERNETES_MCP_SERVER, start: startKubernetesMcpServer },
  { name: 'mcp-server-kubernetes', tools: MCP_SERVER_KUBERNETES, start: startMcpServerKubernetes },
])('5,000 pods from $name', ({ tools, start }) => {
  it.skipIf(start && !hasKubectl())('are all the rows for the person and a bounded text for the model', async () => {
    const replay = await startReplayServer({ contextLength: WINDOW })
    const server = await start?.({ kubeconfig: proxy.kubeconfig })
    const mcp = server ? { MCP_SERVER_URL: server.url } : { KUBECONFIG: proxy.kubeconfig }
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, ...mcp })
    try {
      const [name, args] = tools.listPods
      replay.enqueue(answer.toolCall(name, args), answer.text('Many.'))
      expect(tableOf(onlyResult(await askJson(app.url, 'Show me all pods'))).rows).toHaveLength(PODS)
      const given = replay.chats()[1]?.messages.at(-1)?.content ?? ''
      expect(given.length).toBeGreaterThan(500)
      expect(given.length).toBeLessThanOrEqual(WINDOW * 0.15 * 3)
      // Broken pods come first, and the last line reports omissions and how to narrow the request.
      expect(given).toContain('CrashLoopBackOff')
      expect(given.trimEnd().split('\n').at(-3)).toMatch(/5,000.*namespace/i)
      expect(given.trimEnd().split('\n').at(-2)).toMatch(/find \{"id"/)
      replay.enqueue(answer.text('Still here.'))
      expect((await askJson(app.url, 'and now?')).message.content).toBe('Still here.')
    } finally {
      await app.stop()
      await server?.stop()
      await replay.close()
    }
  })
})
