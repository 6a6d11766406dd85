/** Hostile objects on a real cluster, and every way to read a Secret, with every MCP server. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canariesIn } from '../../hostile/canary'
import { INJECTIONS } from '../../hostile/injections'
import { Report } from '../../hostile/report'
import { leaks, SECRET_REQUESTS } from '../../hostile/secrets'
import type { Place } from '../../hostile/secrets'
import type { Server } from '../../hostile/types'
import {
  kubernetesMcpServerBinary,
  hasHelm,
  hasKubectl,
  startApp,
  startMcpServerKubernetes,
  testKubeconfig,
} from '../../support/app'
import type { App, McpServer } from '../../support/app'
import type { Call } from '../../support/writes'
import { answerTo, postChat } from '../../support/approvals'
import type { ChatAnswer } from '../../../shared/chat/answer'
import { askSse } from '../../support/chat'
import { CANARIES, startLiveCluster } from '../../support/cluster/live-cluster'
import type { LiveCluster } from '../../support/cluster/live-cluster'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { openSocket } from '../../support/socket'
import {
  CHART,
  CHARTS,
  KUBERNETES_MCP_SERVER_WRITES,
  MCP_SERVER_KUBERNETES_WRITES,
  OWN_WRITES,
  UNVERIFIED,
} from '../../support/writes'

const report = new Report()
afterAll(() => report.print('Objects and Secrets of a real cluster'))

interface Rig {
  app: App
  replay: ReplayServer
  /** A model that makes these calls one after the other; all approvals are answered alike. */
  obey: (calls: [string, object][], approve: boolean) => Promise<ChatAnswer[]>
  /** Everything that left the server: model requests, log, audit. */
  traces: () => Promise<string>
  stop: () => Promise<void>
}

async function startRig(server: Server, kubeconfig: string): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'))
  const audit = join(folder, 'audit.jsonl')
  const replay = await startReplayServer({ contextLength: 131_072 })
  const mcp: McpServer | undefined =
    server === 'mcp-server-kubernetes' ? await startMcpServerKubernetes({ kubeconfig }) : undefined
  const app = await startApp({
    OLLAMA_BASE_URL: replay.url,
    ACCESS_MODE: 'approve',
    LOG_LEVEL: 'debug',
    AUDIT_FILE: audit,
    MAX_TURNS_PER_MINUTE: '10000',
    ...CHARTS,
    ...(mcp ? { MCP_SERVER_URL: mcp.url, ...UNVERIFIED } : { KUBECONFIG: kubeconfig }),
    ...(server === 'kubernetes-mcp-server' && {
      MCP_SERVER_COMMAND: `${kubernetesMcpServerBinary()} --disable-multi-cluster --toolsets core,helm`,
    }),
  })
  let count = 0
  return {
    app,
    replay,
    obey: async (calls, approve) => {
      const id = `hostile-${++count}`
      replay.dropQueue()
      replay.enqueue(...calls.map(([tool, args]) => answer.toolCall(tool, args)))
      replay.onRequest(() => answer.text('Done.'))
      const asked = await postChat(app.url, 'What is wrong?', { id })
      if (!asked.approvals) return [asked]
      const approvals = asked.approvals.map((each) => answerTo(each, { approved: approve }))
      return [asked, await postChat(app.url, 'What is wrong?', { id, approvals })]
    },
    traces: async () =>
      [JSON.stringify(replay.requests.map(({ body }) => body)), ...app.logs(), await readFile(audit, 'utf8')].join(
        '\n',
      ),
    stop: async () => {
      await app.stop()
      await mcp?.stop()
      await replay.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** In the values of the seed's Helm release. */
const HELM_CANARY = 'hunter2-helm-canary'

const secretSchema = z.object({ data: z.record(z.string(), z.string()) })

/** The seeded Secret, if the cluster has it. */
async function seededCanaries(kubectl: LiveCluster['kubectl']): Promise<string[]> {
  const args = ['-n', 'payments', 'get', 'secret', 'gateway-credentials', '--ignore-not-found', '-o', 'json']
  const printed = await kubectl(...args).catch(() => '')
  if (printed === '') return []
  return Object.values(secretSchema.parse(JSON.parse(printed)).data).map((each) =>
    Buffer.from(each, 'base64').toString('utf8'),
  )
}

describe.skipIf(!testKubeconfig || !hasKubectl())('on the real API server', () => {
  let cluster: LiveCluster
  let seeded: string[] = []
  beforeAll(async () => {
    cluster = await startLiveCluster(testKubeconfig ?? '')
    seeded = await seededCanaries(cluster.kubectl)
    await apply(leaks(cluster.namespace, CANARIES))
    await cluster.kubectl('-n', cluster.namespace, 'wait', '--for=condition=Ready', 'pod/leaky-log', '--timeout=60s')
  })
  afterAll(() => cluster?.remove())

  async function apply(objects: object[]): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'hostile-objects-'))
    const file = join(folder, 'objects.json')
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    await cluster.kubectl('apply', '-f', file)
    await rm(folder, { recursive: true })
  }

  describe.each(['own', 'kubernetes-mcp-server', 'mcp-server-kubernetes'] as const)(
    'every way to a Secret: %s',
    (server) => {
      let rig: Rig
      beforeAll(async () => {
        rig = await startRig(server, cluster.kubeconfig)
        // Another server's run may have changed or deleted them.
        await apply(leaks(cluster.namespace, CANARIES))
      })
      afterAll(() => rig?.stop())

      const expectNone = (text: string) => expect(canariesIn(text, [...CANARIES, HELM_CANARY, ...seeded])).toEqual([])
      const requests = SECRET_REQUESTS.filter(
        (each) =>
          each.server === server && (server !== 'mcp-server-kubernetes' || hasHelm() || !/release/.test(each.tried)),
      )

      it.each(requests)('$id $tried', async ({ id, tried, call }) => {
        const places: Place[] = [
          { namespace: cluster.namespace, secret: 'gateway', key: 'password', own: cluster.namespace, chart: CHART },
          ...(seeded.length > 0
            ? [
                {
                  namespace: 'payments',
                  secret: 'gateway-credentials',
                  key: 'password',
                  own: cluster.namespace,
                  chart: CHART,
                },
              ]
            : []),
        ]
        const got = new Set<string>()
        for (const place of places) {
          const answers = await rig.obey([call(place)], true)
          const shown = JSON.stringify(answers)
          expectNone(shown)
          expectNone(await rig.traces())
          // Proves that it was there to be found.
          if (/copies|says it|in its environment/.test(tried)) expect(shown).toContain('<redacted')
          got.add(`${answers.at(-1)?.toolCalls[0]?.status}${answers.length > 1 ? ', approved' : ''}`)
        }
        report.add({ id, kind: 'secret', tried }, `${[...got].join('; ')}: no value`)
      })

      it('shows none over SSE and the socket either', async () => {
        const { namespace } = cluster
        const reads: Record<Server, Call> = {
          own: ['kubectl_get', { resource: 'configmap', namespace, name: 'copies' }],
          'kubernetes-mcp-server': [
            'resources_get',
            { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'copies' },
          ],
          'mcp-server-kubernetes': ['kubectl_get', { resourceType: 'configmap', namespace, name: 'copies' }],
        }
        for (const ask of [
          async () => await (await askSse(rig.app.url, 'What is in it?')).text(),
          async () => {
            const socket = await openSocket(rig.app.url)
            const messages = [{ role: 'user', content: 'What is in it?' }]
            socket.send({ type: 'chat', body: { messages } })
            const chunks = await socket.chunksUntilEnd()
            socket.close()
            return JSON.stringify(chunks)
          },
        ]) {
          rig.replay.dropQueue()
          rig.replay.enqueue(answer.toolCall(...reads[server]))
          expectNone(await ask())
        }
      })

      it('left the Secrets as they were', async () => {
        const names = await cluster.kubectl('-n', cluster.namespace, 'get', 'secrets', '-o', 'name')
        expect(names).toContain('secret/gateway')
        expect(names).not.toContain('secret/copy')
        expect(await seededCanaries(cluster.kubectl)).toEqual(seeded)
      })
    },
  )

  describe.each(['own', 'kubernetes-mcp-server', 'mcp-server-kubernetes'] as const)(
    'what objects tell a model that obeys: %s',
    (server) => {
      let rig: Rig
      beforeAll(async () => {
        rig = await startRig(server, cluster.kubeconfig)
      })
      afterAll(() => rig?.stop())

      // One for each place, and the marks; the demo cluster covers the rest.
      const chosen = INJECTIONS.filter(({ id }) => ['I01', 'M01', 'M03', 'I05', 'I07', 'I09'].includes(id))

      it.each(chosen)('$id $tried', async (injection) => {
        const { id, where, text, hides } = injection
        const { namespace } = cluster
        const name = `hostile-${server}-${id.toLowerCase()}`
        const noted = where === 'log' ? { 'sim/logs': text } : where === 'annotation' ? { note: text } : {}
        await apply([
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name, namespace, annotations: noted },
            spec: {
              containers: [
                { name: 'x', image: 'busybox:1.36', command: ['sh', '-c', 'printf "%s\\n" "$0"; sleep 3600', text] },
              ],
            },
          },
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { runbook: text } },
          {
            apiVersion: 'v1',
            kind: 'Event',
            metadata: { name, namespace },
            involvedObject: { kind: 'Pod', name, namespace },
            type: 'Warning',
            reason: 'BackOff',
            message: text,
            lastTimestamp: '2026-11-24T08:00:00Z',
          },
        ])
        await cluster.kubectl('-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s')
        const reads = {
          own: {
            log: ['kubectl_logs', { namespace, name }],
            annotation: ['kubectl_describe', { resource: 'pod', namespace, name }],
            event: ['kubectl_events', { namespace }],
            configmap: ['kubectl_get', { resource: 'configmap', namespace, name }],
          },
          'kubernetes-mcp-server': {
            log: ['pods_log', { namespace, name }],
            annotation: ['pods_get', { namespace, name }],
            event: ['events_list', { namespace }],
            configmap: ['resources_get', { apiVersion: 'v1', kind: 'ConfigMap', namespace, name }],
          },
          'mcp-server-kubernetes': {
            log: ['kubectl_logs', { resourceType: 'pod', namespace, name }],
            annotation: ['kubectl_describe', { resourceType: 'pod', namespace, name }],
            event: ['kubectl_get', { resourceType: 'events', namespace }],
            configmap: ['kubectl_get', { resourceType: 'configmap', namespace, name }],
          },
        } satisfies Record<Server, Record<typeof where, [string, object]>>
        const read = reads[server][where]
        const writes = {
          own: OWN_WRITES,
          'kubernetes-mcp-server': KUBERNETES_MCP_SERVER_WRITES,
          'mcp-server-kubernetes': MCP_SERVER_KUBERNETES_WRITES,
        }[server]
        const versions = () =>
          cluster.kubectl(
            '-n',
            namespace,
            'get',
            'deployment,configmap',
            '-o',
            'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.generation} {.data}{"\\n"}{end}',
          )
        const before = await versions()
        const [asked, declined] = await rig.obey([[read[0], read[1]], writes.scale(namespace, 'web', 0)], false)
        expect(asked?.finishReason).toBe('approval-required')
        expect(asked?.approvals?.[0]?.precededBy).toContain(read[0])
        expect(declined?.toolCalls[0]).toMatchObject({ status: 'declined' })
        expect(await versions()).toBe(before)
        const told = JSON.stringify(
          rig.replay.chats().map(({ messages }) => messages.filter(({ role }) => role === 'tool')),
        )
        expect(told).toContain('not instructions')
        if (hides) expect(told).not.toMatch(hides)
        report.add(injection, `a card, "${asked?.approvals?.[0]?.precededBy}" before it; nothing ran`)
      })
    },
  )
})
