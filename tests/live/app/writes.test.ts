import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  kubernetesMcpServerBinary,
  hasHelm,
  hasKubectl,
  startApp,
  startKubernetesMcpServer,
  startMcpServerKubernetes,
  testKubeconfig,
} from '../../support/app'
import type { App, McpServer, McpServerOptions } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import type { Decision, Pending } from '../../support/approvals'
import type { ChatAnswer } from '../../../shared/chat/answer'
import { startLiveCluster } from '../../support/cluster/live-cluster'
import type { LiveCluster } from '../../support/cluster/live-cluster'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { readingWith } from '../../support/read-servers'
import {
  CHARTS,
  KUBERNETES_MCP_SERVER_WRITES,
  MCP_SERVER_KUBERNETES_WRITES,
  OWN_WRITES,
  UNVERIFIED,
} from '../../support/writes'
import type { Call, Writes } from '../../support/writes'

interface WriteServer {
  name: string
  /** Part of object names, so that tests of different servers do not collide. */
  id: string
  writes: Writes
  /** Starts an HTTP server. Absent: the assistant starts one. */
  start?: (options: McpServerOptions) => Promise<McpServer>
  /** The command that the assistant starts over stdio. Absent: its own program. */
  command?: string
  /** It calls the helm program. */
  needsHelm?: true
  /** The card shows a dry run; otherwise the live object. */
  isPreviewed?: true
}

const SERVERS: readonly WriteServer[] = [
  { name: 'our own server over a Unix socket', id: 'own', writes: OWN_WRITES, isPreviewed: true, needsHelm: true },
  {
    name: 'kubernetes-mcp-server over stdio',
    id: 'stdio',
    writes: KUBERNETES_MCP_SERVER_WRITES,
    command: `${kubernetesMcpServerBinary()} --disable-multi-cluster --toolsets core,helm`,
  },
  {
    name: 'kubernetes-mcp-server over streamable HTTP',
    id: 'http',
    writes: KUBERNETES_MCP_SERVER_WRITES,
    start: (options) => startKubernetesMcpServer({ ...options, writes: true }),
  },
  {
    name: 'mcp-server-kubernetes over SSE',
    id: 'sse',
    writes: MCP_SERVER_KUBERNETES_WRITES,
    start: startMcpServerKubernetes,
    needsHelm: true,
  },
]

/** An assistant in approve mode with a scripted model, on one MCP server and one kubeconfig. */
async function startAssistant(way: WriteServer, kubeconfig: string) {
  const replay: ReplayServer = await startReplayServer({ contextLength: 65_536 })
  const server: McpServer | undefined = await way.start?.({ kubeconfig })
  const mcp = { ...readingWith(way, kubeconfig, server), ...(server && UNVERIFIED), ...CHARTS }
  const app: App = await startApp({ OLLAMA_BASE_URL: replay.url, ACCESS_MODE: 'approve', ...mcp })
  let count = 0
  let next = answer
  replay.onRequest(() => next)
  return {
    app,
    /** The model makes the calls, and the turn awaits approval. */
    ask: async (...calls: Call[]): Promise<{ id: string; pending: Pending[]; answer: ChatAnswer }> => {
      next = calls.reduce((all, [name, args]) => all.toolCall(name, args), answer)
      const id = `conversation-${++count}`
      const asked = await postChat(app.url, 'question', { id })
      return { id, pending: asked.approvals ?? [], answer: asked }
    },
    /** Answers the approvals and continues the turn. */
    decide: async (id: string, pending: Pending[], decision: Decision): Promise<ChatAnswer> => {
      next = answer.text('Done.')
      const approvals = pending.map((each) => answerTo(each, decision))
      return await postChat(app.url, 'question', { id, approvals })
    },
    stop: async () => {
      await app.stop()
      await server?.stop()
      await replay.close()
    },
  }
}
type Assistant = Awaited<ReturnType<typeof startAssistant>>

const YES: Decision = { approved: true }

const configMap = (namespace: string, value: string, name = 'settings') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  LOG_LEVEL: ${value}\n`

describe.skipIf(!testKubeconfig || !hasKubectl())('writes on the real API server', () => {
  let cluster: LiveCluster
  beforeAll(async () => {
    cluster = await startLiveCluster(testKubeconfig ?? '')
  })
  afterAll(() => cluster?.remove())

  describe.each(SERVERS)('$name', (way) => {
    const { writes, id: suffix, needsHelm, isPreviewed = false } = way
    let assistant: Assistant
    beforeAll(async () => {
      assistant = await startAssistant(way, cluster.kubeconfig)
    })
    afterAll(() => assistant?.stop())

    /** For a server that chose its cluster, also the address. */
    const toType = (name: string) => (way.start ? expect.stringMatching(`^${name} on 127.0.0.1:[0-9]+$`) : name)
    const read = async (...args: string[]) => (await cluster.kubectl('-n', cluster.namespace, ...args)).trim()
    const generation = () => read('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.generation}')
    const replicas = () => read('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')
    const restartedAt = () => read('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.metadata.annotations}')

    it('scales exactly once after approval, as the card says, and not at all without', async () => {
      await cluster.kubectl('-n', cluster.namespace, 'scale', 'deployment', 'web', '--replicas=3')
      const before = Number(await generation())
      const { id, pending } = await assistant.ask(writes.scale(cluster.namespace, 'web', 4))
      expect(pending).toHaveLength(1)
      expect(pending[0]).toMatchObject({
        title: { text: expect.stringMatching(/deployment web/i) },
        previewed: isPreviewed,
      })
      // What an external server reads is not known.
      expect(pending[0]?.identity === undefined).toBe(way.start !== undefined)
      expect(pending[0]?.title.text).toContain(cluster.namespace)
      if (isPreviewed) expect(pending[0]?.objects[0]?.diff).toMatch(/-\s*replicas: 3\n\+\s*replicas: 4/)
      else expect(pending[0]?.live).toContain('replicas: 3')
      expect(Number(await generation())).toBe(before)
      const done = await assistant.decide(id, pending, YES)
      expect(done.toolCalls[0]).toMatchObject({ status: 'ok' })
      expect(await replicas()).toBe('4')
      expect(Number(await generation())).toBe(before + 1)
      // Also reports what the cluster shows afterwards.
      expect(JSON.stringify(done.toolCalls.map(({ result }) => result))).toContain('web')
      const again = await assistant.decide(id, pending, YES)
      expect(again.toolCalls[0]).toMatchObject({ status: 'expired' })
      expect(Number(await generation())).toBe(before + 1)
    })

    it('changes nothing if it is declined', async () => {
      const before = await generation()
      const { id, pending } = await assistant.ask(writes.scale(cluster.namespace, 'web', 0))
      const done = await assistant.decide(id, pending, { approved: false, reason: 'not now' })
      expect(done.toolCalls[0]).toMatchObject({ status: 'declined' })
      expect(done.finishReason).toBe('stop')
      expect(await generation()).toBe(before)
    })

    it('runs once what two approve at the same moment', async () => {
      const before = Number(await generation())
      const { id, pending } = await assistant.ask(writes.scale(cluster.namespace, 'web', Number(await replicas()) + 1))
      const both = await Promise.all([assistant.decide(id, pending, YES), assistant.decide(id, pending, YES)])
      expect(both.map(({ toolCalls }) => toolCalls[0]?.status).sort()).toEqual(['expired', 'ok'])
      expect(Number(await generation())).toBe(before + 1)
    })

    it('applies a manifest, and keeps what somebody else has set meanwhile', async () => {
      const created = await assistant.ask(writes.apply(cluster.namespace, configMap(cluster.namespace, 'info')))
      expect((await assistant.decide(created.id, created.pending, YES)).toolCalls[0]).toMatchObject({ status: 'ok' })
      const level = () => read('get', 'configmap', 'settings', '-o', 'jsonpath={.data.LOG_LEVEL}')
      expect(await level()).toBe('info')

      const { id, pending } = await assistant.ask(
        writes.apply(cluster.namespace, configMap(cluster.namespace, 'debug')),
      )
      if (isPreviewed) expect(pending[0]?.objects[0]?.diff).toMatch(/-\s*LOG_LEVEL: info\n\+\s*LOG_LEVEL: debug/)
      else expect(pending[0]?.live).toContain('LOG_LEVEL: info')
      const mark = `by-hand-${pending[0]?.id}`
      await read('annotate', 'configmap', 'settings', `changed=${mark}`, '--overwrite')
      expect((await assistant.decide(id, pending, YES)).toolCalls[0]).toMatchObject({ status: 'ok' })
      expect(await level()).toBe('debug')
      expect(await read('get', 'configmap', 'settings', '-o', 'jsonpath={.metadata.annotations.changed}')).toBe(mark)
    })

    it('deletes', async () => {
      const name = 'to-be-deleted'
      await cluster.kubectl('-n', cluster.namespace, 'create', 'configmap', name, '--from-literal=a=1')
      const { id, pending } = await assistant.ask(writes.delete(cluster.namespace, 'v1', 'ConfigMap', name))
      expect(await read('get', 'configmap', name, '-o', 'name')).toBe(`configmap/${name}`)
      expect((await assistant.decide(id, pending, YES)).toolCalls[0]).toMatchObject({ status: 'ok' })
      expect(await read('get', 'configmap', name, '--ignore-not-found', '-o', 'name')).toBe('')
    })

    it('deletes a namespace only if its name was typed', async () => {
      const name = `${cluster.namespace}-${suffix}`
      await cluster.kubectl('create', 'namespace', name)
      const { id, pending } = await assistant.ask(writes.delete('', 'v1', 'Namespace', name))
      expect(pending[0]?.confirm).toEqual(toType(name))
      const untyped = await assistant.decide(id, pending, { approved: true, reason: 'yes' })
      expect(untyped.toolCalls[0]).toMatchObject({ status: 'declined' })
      const phase = () =>
        cluster.kubectl('get', 'namespace', name, '--ignore-not-found', '-o', 'jsonpath={.status.phase}')
      expect(await phase()).toBe('Active')
      const typed = await assistant.decide(id, pending, YES)
      expect(typed.toolCalls[0]).toMatchObject({ status: 'ok' })
      expect(await phase()).not.toBe('Active')
    })

    it.skipIf(!writes.restart)('restarts a rollout once', async () => {
      const call = writes.restart?.(cluster.namespace, 'web')
      if (!call) throw new Error('no call')
      const before = Number(await generation())
      const { id, pending } = await assistant.ask(call)
      expect(Number(await generation())).toBe(before)
      expect((await assistant.decide(id, pending, YES)).toolCalls[0]).toMatchObject({ status: 'ok' })
      expect(Number(await generation())).toBe(before + 1)
      expect(await restartedAt()).toContain('restartedAt')
    })

    it.skipIf(needsHelm && !hasHelm())('installs a chart and uninstalls it, each once and after approval', async () => {
      const release = `hello-${suffix}`
      const records = async () => {
        const names = await read('get', 'secrets', '-l', `owner=helm,name=${release}`, '-o', 'name')
        return names.split('\n').filter(Boolean).length
      }
      const install = await assistant.ask(writes.install(cluster.namespace, release))
      expect(install.pending).toHaveLength(1)
      expect(JSON.stringify(install.pending[0])).toContain('hello')
      expect(await records()).toBe(0)
      const installed = await assistant.decide(install.id, install.pending, YES)
      expect(installed.toolCalls[0], JSON.stringify(installed.toolCalls)).toMatchObject({ status: 'ok' })
      expect(await records()).toBe(1)
      expect(await read('get', 'deployments', '-l', `app.kubernetes.io/instance=${release}`, '-o', 'name')).not.toBe('')
      const uninstall = await assistant.ask(writes.uninstall(cluster.namespace, release))
      expect(uninstall.pending[0]?.confirm).toEqual(toType(release))
      expect(await records()).toBe(1)
      const gone = await assistant.decide(uninstall.id, uninstall.pending, YES)
      expect(gone.toolCalls[0]).toMatchObject({ status: 'ok' })
      await until(async () => (await records()) === 0)
    })
  })

  describe.each(SERVERS)('as a viewer: $name', (way) => {
    const { writes } = way
    let assistant: Assistant
    beforeAll(async () => {
      assistant = await startAssistant(way, cluster.twoContexts)
    })
    afterAll(() => assistant?.stop())

    it.each<[string, (namespace: string) => Call, RegExp]>([
      ['scaling', (namespace) => writes.scale(namespace, 'web', 9), /deployments/],
      ['applying', (namespace) => writes.apply(namespace, configMap(namespace, 'x', 'viewers')), /configmaps/],
      ['deleting', (namespace) => writes.delete(namespace, 'apps/v1', 'Deployment', 'web'), /deployments/],
    ])('%s is forbidden, in words, with verb and resource', async (_, call, resource) => {
      const { id, pending, answer: asked } = await assistant.ask(call(cluster.namespace))
      // Dry runs and unidentifiable clusters are refused before anyone is asked.
      const done = pending.length > 0 ? await assistant.decide(id, pending, YES) : asked
      expect(done.toolCalls[0]?.status).toMatch(/error|denied/)
      const words = JSON.stringify(done.toolCalls[0]?.result)
      expect(words).toMatch(/forbidden|may not/i)
      expect(words).toMatch(/\b(patch|update|create|delete|get)\b/)
      expect(words).toMatch(way.command === undefined ? resource : /kube-system/)
    })
  })
})

async function until(check: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await check()); await delay(100))
    if (Date.now() > deadline) throw new Error('it did not come about')
}
