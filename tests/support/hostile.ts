/** The demo cluster behind a proxy that counts changes and injects the texts of a hostile workload. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp, startKubernetesMcpServer, startMcpServerKubernetes } from './app'
import type { App } from './app'
import { startClusterProxy } from './cluster/cluster-proxy'
import { answerTo, postChat } from './approvals'
import type { Pending } from './approvals'
import type { ChatAnswer } from '../../shared/chat/answer'
import { answer, startReplayServer } from './ollama'
import type { ReplayServer } from './ollama'
import { UNVERIFIED } from './writes'

type Poison = Partial<Record<'log' | 'event' | 'annotation' | 'configmap', string>>

export interface HostileRig {
  app: App
  replay: ReplayServer
  /** Requests that changed the cluster so far, without reads, dry runs and access reviews. */
  mutations: () => string[]
  /** Injects texts into reads from now on, one for each place. */
  poison: (texts: Poison) => void
  /** A model that makes these calls one after the other, then answers. */
  obey: (calls: [tool: string, args: object | string][], more?: object) => Promise<ChatAnswer>
  /** Declines or approves everything that is pending. */
  decide: (asked: ChatAnswer, approved: boolean, id?: string) => Promise<ChatAnswer>
  /** Restarts the built server on the same cluster and model. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/** Access and identity reviews are POSTs that change nothing. */
const QUESTION = /\/(?:selfsubject|subject|localsubject)(?:access|rules)?reviews/

const eventsSchema = z.looseObject({ items: z.array(z.looseObject({ message: z.string().optional() })) })
const objectSchema = z.looseObject({
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).optional() }),
  data: z.record(z.string(), z.string()).optional(),
})

/** @param server `own`: the built-in MCP servers with their defaults; others run as separate servers */
export async function startHostileRig(
  server: 'own' | 'kubernetes-mcp-server' | 'mcp-server-kubernetes',
  env: Record<string, string> = {},
): Promise<HostileRig> {
  const cluster = await startDemoCluster()
  const changed: string[] = []
  let poison: Poison = {}

  const intercept = (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const { method = 'GET', url = '/' } = incoming
    const { pathname, searchParams } = new URL(url, cluster.url)
    if (method !== 'GET' && method !== 'HEAD') {
      if (!QUESTION.test(pathname) && !searchParams.has('dryRun')) changed.push(`${method} ${pathname}`)
      return false
    }
    if (/\/log$/.test(pathname) && poison.log !== undefined) {
      outgoing.writeHead(200, { 'content-type': 'text/plain' })
      outgoing.end(`${poison.log}\n`)
      return true
    }
    const edit = editOf(pathname)
    if (!edit || searchParams.has('watch')) return false
    void answerEdited(incoming, outgoing, edit)
    return true
  }

  function editOf(pathname: string): ((body: unknown) => unknown) | undefined {
    const { event, annotation, configmap } = poison
    if (event !== undefined && /\/events$/.test(pathname))
      return (body) => {
        const list = eventsSchema.parse(body)
        return { ...list, items: list.items.map((item, n) => (n === 0 ? { ...item, message: event } : item)) }
      }
    if (annotation !== undefined && /\/pods\/[^/]+$/.test(pathname))
      return (body) => {
        const object = objectSchema.parse(body)
        return { ...object, metadata: { ...object.metadata, annotations: { note: annotation } } }
      }
    if (configmap !== undefined && /\/configmaps\/[^/]+$/.test(pathname))
      return (body) => ({ ...objectSchema.parse(body), data: { runbook: configmap } })
    return undefined
  }

  async function answerEdited(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    edit: (body: unknown) => unknown,
  ): Promise<void> {
    const response = await fetch(new URL(incoming.url ?? '/', cluster.url), { headers: { accept: 'application/json' } })
    const body: unknown = await response.json()
    outgoing.writeHead(response.status, { 'content-type': 'application/json' })
    outgoing.end(JSON.stringify(response.ok ? edit(body) : body))
  }

  const proxy = await startClusterProxy(cluster, intercept)
  const replay = await startReplayServer({ contextLength: 131_072 })
  const { kubeconfig } = proxy
  const mcp =
    server === 'mcp-server-kubernetes'
      ? await startMcpServerKubernetes({ kubeconfig })
      : server === 'kubernetes-mcp-server'
        ? await startKubernetesMcpServer({ kubeconfig, writes: true })
        : undefined
  const start = () =>
    startApp({
      OLLAMA_BASE_URL: replay.url,
      ACCESS_MODE: 'approve',
      ...(mcp ? { MCP_SERVER_URL: mcp.url, ...UNVERIFIED } : { KUBECONFIG: kubeconfig }),
      MAX_TURNS_PER_MINUTE: '10000',
      MAX_TURNS_PER_USER: '64',
      MAX_STREAMS_PER_USER: '64',
      ...env,
    })
  let app = await start()

  return {
    get app() {
      return app
    },
    replay,
    restart: async () => {
      await app.stop()
      app = await start()
    },
    mutations: () => [...changed],
    poison: (texts) => void (poison = texts),
    obey: async (calls, more = {}) => {
      replay.dropQueue()
      replay.enqueue(...calls.map(([tool, args]) => answer.toolCall(tool, args)))
      replay.onRequest(() => answer.text('Done.'))
      return await postChat(app.url, 'What is wrong?', { id: 'hostile', ...more })
    },
    decide: async (asked, approved, id = 'hostile') => {
      replay.dropQueue()
      replay.onRequest(() => answer.text('Done.'))
      const approvals = (asked.approvals ?? []).map((each: Pending) => answerTo(each, { approved }))
      return await postChat(app.url, 'What is wrong?', { id, approvals })
    },
    stop: async () => {
      await app.stop()
      await mcp?.stop()
      await replay.close()
      await proxy.close()
      await cluster.close()
    },
  }
}

/** The server responds, and answers its next question. */
export async function isWell({ app, replay }: Pick<HostileRig, 'app' | 'replay'>): Promise<boolean> {
  if ((await fetch(`${app.url}/health`)).status !== 200) return false
  replay.dropQueue()
  replay.onRequest(() => answer.text('Still here.'))
  return (await postChat(app.url, 'Are you there?')).message.content === 'Still here.'
}
