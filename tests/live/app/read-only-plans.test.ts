/** Read-only mode through the whole assistant: the shown plan, and the requests that reach the API server. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import { postChat } from '../../support/approvals'
import { answer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { createManagedDeployment, startRecordedApp } from '../../support/cluster/recorded-app'
import type { RecordedApp } from '../../support/cluster/recorded-app'
import type { RecordedCluster } from '../../support/cluster/recorded-cluster'

describe.skipIf(!testKubeconfig)('a change in read-only mode, on the real API server (writes-27)', () => {
  let recorded: RecordedApp
  let auditFile: string
  const manifest = (name: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {mode: "0644"}\n`
  let cluster: RecordedCluster
  let app: App
  let replay: ReplayServer
  let namespace: string

  beforeAll(async () => {
    recorded = await startRecordedApp(testKubeconfig ?? '', 'assistant-reads', { ACCESS_MODE: 'read-only' })
    ;({ cluster, app, replay, auditFile } = recorded)
    namespace = cluster.namespace
    await createManagedDeployment(cluster)
  }, 60_000)
  afterAll(() => recorded?.close())

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
