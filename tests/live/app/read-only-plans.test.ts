/** Read-only mode through the whole assistant: the shown plan, and the requests that reach the API server. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import { postChat } from '../../support/approvals'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { startRecordedCluster } from '../../support/cluster/recorded-cluster'
import type { RecordedCluster } from '../../support/cluster/recorded-cluster'

describe.skipIf(!testKubeconfig)('a change in read-only mode, on the real API server (writes-27)', () => {
  const auditFile = join(mkdtempSync(join(tmpdir(), 'audit-')), 'audit.jsonl')
  const manifest = (name: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {mode: "0644"}\n`
  let cluster: RecordedCluster
  let app: App
  let replay: ReplayServer
  let namespace: string

  beforeAll(async () => {
    cluster = await startRecordedCluster(testKubeconfig ?? '', `assistant-reads-${randomUUID().slice(0, 8)}`)
    namespace = cluster.namespace
    await cluster.api.send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
      metadata: {
        name: 'web',
        annotations: { 'argocd.argoproj.io/tracking-id': `shop:apps/Deployment:${namespace}/web` },
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1' }] } },
      },
    })
    replay = await startReplayServer({ contextLength: 65_536 })
    app = await startApp({
      ...{ OLLAMA_BASE_URL: replay.url, ACCESS_MODE: 'read-only', AUDIT_FILE: auditFile },
      KUBECONFIG: cluster.recorded,
    })
  }, 60_000)
  afterAll(async () => {
    await app?.stop()
    await replay?.close()
    await cluster?.remove()
  })

  async function ask(tool: string, args: Record<string, unknown>) {
    replay.enqueue(answer.toolCall(tool, { namespace, ...args }), answer.text('It would change.'))
    return await postChat(app.url, 'change it')
  }

  it('is shown with diff, owner and command, and sends dry runs alone', async () => {
    const { toolCalls, approvals } = await ask('kubectl_scale', { name: 'web', replicas: 5 })
    expect(toolCalls).toMatchObject([
      {
        status: 'ok',
        result: {
          kind: 'plan',
          cluster: { context: 'staging' },
          command: `kubectl scale deployment/web --replicas=5 --namespace=${namespace} --context=staging`,
          objects: [
            {
              verb: 'update',
              kind: 'Deployment',
              diff: expect.stringContaining('+  replicas: 5'),
              // For the repository of the application.
              patch: `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: ${namespace}\nspec:\n  replicas: 5\n`,
            },
          ],
        },
      },
    ])
    expect(JSON.stringify(toolCalls)).toContain('Managed by Argo CD application shop')
    expect(approvals ?? []).toEqual([])
    expect(cluster.recorder.writes).toEqual([])
    const model = JSON.stringify(replay.chats().at(-1)?.messages)
    expect(model).toContain('NOT RUN')
    expect(model).not.toContain('--replicas=5')
  })

  it('is one plan for each object of a manifest, and none of a Secret', async () => {
    const two = await ask('kubectl_create', { manifest: `${manifest('a')}---\n${manifest('b')}` })
    expect(two.toolCalls.map(({ result }) => result.kind)).toEqual(['text', 'plan', 'plan'])
    const secret = manifest('s').replace('ConfigMap', 'Secret')
    const { toolCalls } = await ask('kubectl_create', { manifest: secret })
    expect(toolCalls.map(({ status, result }) => [status, result.kind])).toEqual([['error', 'text']])
    expect(cluster.recorder.writes).toEqual([])
  })

  it('is in the audit as planned', () => {
    const lines = readFileSync(auditFile, 'utf8')
    expect(lines).toContain('"decision":"planned"')
    expect(lines).not.toMatch(/"decision":"(?:requested|approved)"/)
  })
})
