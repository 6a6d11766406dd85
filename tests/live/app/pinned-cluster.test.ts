/**
 * Which of two API servers is read and changed. Needs TEST_KUBECONFIG and TEST_KUBECONFIG_2; replaces kubectl's
 * `use-context` by writing the kubeconfig.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { healthSchema } from '../../../shared/health'
import { auditLineSchema } from '../../../server/audit/entry'
import { readKubeconfig } from '../../../mcp/kubernetes/connection/kubeconfig'
import {
  kubernetesMcpServerBinary,
  hasKubectl,
  startApp,
  startKubernetesMcpServer,
  testKubeconfig,
} from '../../support/app'
import type { App } from '../../support/app'
import type { Env } from '../../support/app/program'
import { answerTo, postChat } from '../../support/approvals'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { startTwoClusters } from '../../support/cluster/two-clusters'
import type { Side, TwoClusters } from '../../support/cluster/two-clusters'
import { KUBERNETES_MCP_SERVER_WRITES, OWN_WRITES } from '../../support/writes'
import type { Call, Writes } from '../../support/writes'

const secondKubeconfig = process.env.TEST_KUBECONFIG_2 || undefined
const why = !testKubeconfig || !secondKubeconfig ? ' (skipped: needs TEST_KUBECONFIG and TEST_KUBECONFIG_2)' : ''

/** Uses the tools of kubernetes-mcp-server, independent of the default. */
const MCP_SERVER_COMMAND = `${kubernetesMcpServerBinary()} --disable-multi-cluster --toolsets core`

const folder = mkdtempSync(join(tmpdir(), 'pinned-cluster-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** kubernetes-mcp-server on the operator's own file: it follows current-context. */
async function startFollower(kubeconfig: string) {
  const server = await startKubernetesMcpServer({ kubeconfig })
  const client = new Client({ name: 'follower', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)))
  const stop = async () => {
    await client.close()
    await server.stop()
  }
  return { client, stop }
}

describe.skipIf(why !== '' || !hasKubectl())(`with two clusters in one kubeconfig${why}`, () => {
  let clusters: TwoClusters
  let replay: ReplayServer
  let follower: Awaited<ReturnType<typeof startFollower>>
  let app: App | undefined
  let audit: string
  let count = 0

  beforeAll(async () => {
    clusters = await startTwoClusters({ staging: testKubeconfig ?? '', production: secondKubeconfig ?? '' })
    replay = await startReplayServer({ contextLength: 65_536 })
    follower = await startFollower(clusters.kubeconfig)
  })
  afterAll(async () => {
    await follower?.stop()
    await replay?.close()
    await clusters?.remove()
  })
  beforeEach(() => switchTo('staging'))
  afterEach(async () => {
    await app?.stop()
    app = undefined
  })

  /** Like `kubectl config use-context`; returns when a server that follows the file has switched. */
  async function switchTo(side: Side): Promise<void> {
    await clusters.write(side)
    const [name, args] = configMaps()
    await expect
      .poll(async () => JSON.stringify(await follower.client.callTool({ name, arguments: args })))
      .toContain(`only-in-${side}`)
  }

  async function start(env: Env = {}): Promise<App> {
    audit = join(folder, `audit-${++count}.jsonl`)
    app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      ACCESS_MODE: 'approve',
      KUBECONFIG: clusters.kubeconfig,
      AUDIT_FILE: audit,
      ...env,
    })
    return app
  }
  /** The model makes one call and then answers. */
  async function ask({ url }: App, [name, args]: Call) {
    const id = `conversation-${++count}`
    let isFirst = true
    replay.onRequest(() => {
      const script = isFirst ? answer.toolCall(name, args) : answer.text('Done.')
      isFirst = false
      return script
    })
    return { id, ...(await postChat(url, 'question', { id })) }
  }
  async function approve({ url }: App, asked: Awaited<ReturnType<typeof ask>>) {
    replay.onRequest(() => answer.text('Done.'))
    const approvals = (asked.approvals ?? []).map((each) => answerTo(each, { approved: true }))
    expect(approvals).toHaveLength(1)
    return await postChat(url, 'question', { id: asked.id, approvals })
  }
  const healthOf = async ({ url }: App) => healthSchema.parse(await (await fetch(`${url}/health`)).json())
  const replicas = (side: Side) =>
    clusters.kubectl(side, '-n', clusters.namespace, 'get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')
  const uid = (side: Side) =>
    clusters.kubectl(side, '-n', clusters.namespace, 'get', 'pod', 'web-0', '-o', 'jsonpath={.metadata.uid}')
  const configMaps = (): Call => [
    'resources_list',
    { apiVersion: 'v1', kind: 'ConfigMap', namespace: clusters.namespace },
  ]

  describe.each<[string, Env, Writes]>([
    ['our own server', {}, OWN_WRITES],
    ["the operator's command", { MCP_SERVER_COMMAND }, KUBERNETES_MCP_SERVER_WRITES],
  ])('and %s', (_, env, writes) => {
    it('deletes no pod of the other after use-context (cluster-1)', async () => {
      const server = await start(env)
      const before = await uid('production')
      const asked = await ask(server, writes.delete(clusters.namespace, 'v1', 'Pod', 'web-0'))
      expect(asked.approvals?.[0]?.cluster).toBe('staging')
      await switchTo('production')
      await approve(server, asked)
      expect(await uid('production')).toBe(before)
      await expect.poll(() => uid('staging').catch(() => 'gone')).toBe('gone')
      await clusters.kubectl('staging', '-n', clusters.namespace, 'run', 'web-0', '--image=busybox:1.36', '--', 'sleep')
    })

    it('scales nothing of the other after use-context (cluster-2)', async () => {
      const server = await start(env)
      const wanted = 2 + (Number(await replicas('staging')) % 2)
      const before = await replicas('production')
      const asked = await ask(server, writes.scale(clusters.namespace, 'web', wanted))
      await switchTo('production')
      await approve(server, asked)
      expect(await replicas('staging')).toBe(String(wanted))
      expect(await replicas('production')).toBe(before)
      await clusters.kubectl('production', '-n', clusters.namespace, 'scale', 'deployment/web', '--replicas=1')
    })
  })

  it('reads the same one after use-context (cluster-3)', async () => {
    const server = await start({ MCP_SERVER_COMMAND })
    expect(JSON.stringify(await ask(server, configMaps()))).toContain('only-in-staging')
    await switchTo('production')
    const again = JSON.stringify(await ask(server, configMaps()))
    expect(again).toContain('only-in-staging')
    expect(again).not.toContain('only-in-production')
    expect((await healthOf(server)).cluster).toMatchObject({ context: 'staging' })
  })

  it.each([undefined, 'staging'])('uses a renewed token, with KUBE_CONTEXT=%s (cluster-5)', async (context) => {
    await clusters.write('staging', 'a-token-that-has-expired')
    const server = await start({ MCP_SERVER_COMMAND, KUBE_CONTEXT: context })
    expect(JSON.stringify(await ask(server, configMaps()))).not.toContain('only-in-staging')
    await clusters.write('production')
    expect(JSON.stringify(await ask(server, configMaps()))).toContain('only-in-staging')
  })

  it('refuses calls, and says why, when the context names another API server', async () => {
    const server = await start({ MCP_SERVER_COMMAND })
    const { server: url } = readKubeconfig([secondKubeconfig ?? ''])
    const asked = await ask(server, KUBERNETES_MCP_SERVER_WRITES.scale(clusters.namespace, 'web', 5))
    const before = await replicas('staging')
    const moved = readFileSync(clusters.kubeconfig, 'utf8').replaceAll(
      readKubeconfig([testKubeconfig ?? '']).server,
      url,
    )
    writeFileSync(clusters.kubeconfig, moved)
    expect(JSON.stringify(await ask(server, configMaps()))).toContain('does not follow')
    expect(JSON.stringify(await approve(server, asked))).toContain(`now names the API server ${url}`)
    expect((await healthOf(server)).mcp).toMatchObject({ status: 'down', reason: expect.stringContaining(url) })
    expect([await replicas('staging'), await replicas('production')]).toEqual([before, '1'])
    await clusters.write('staging')
    expect(JSON.stringify(await ask(server, configMaps()))).toContain('only-in-staging')
    expect((await healthOf(server)).mcp.status).toBe('ok')
  })

  it('names the cluster in each line of the audit (cluster-9)', async () => {
    const server = await start({ MCP_SERVER_COMMAND })
    await approve(server, await ask(server, KUBERNETES_MCP_SERVER_WRITES.scale(clusters.namespace, 'web', 1)))
    const lines = readFileSync(audit, 'utf8').trimEnd().split('\n')
    const { server: apiServer } = readKubeconfig([clusters.kubeconfig], 'staging')
    const apiUser = await clusters.kubectl('staging', 'auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}')
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines)
      expect(auditLineSchema.parse(JSON.parse(line))).toMatchObject({
        cluster: 'staging',
        context: 'staging',
        apiServer,
        apiUser,
      })
  })

  it('leaves no credentials behind, and removes those of a crash at the next start', async () => {
    const TMPDIR = mkdtempSync(join(folder, 'tmp-'))
    const first = await start({ MCP_SERVER_COMMAND, TMPDIR })
    expect(readdirSync(TMPDIR)).toHaveLength(1)
    process.kill(first.pid, 'SIGKILL')
    await first.ended
    const second = await start({ MCP_SERVER_COMMAND, TMPDIR })
    expect(readdirSync(TMPDIR)).toHaveLength(1)
    await second.stop()
    expect(readdirSync(TMPDIR)).toEqual([])
  })
})
