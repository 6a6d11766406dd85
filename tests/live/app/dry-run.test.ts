/** Dry runs of manifests without the model, in read-only mode on the real API server. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { planResultSchema } from '#shared/result'
import { freePort, startApp, testKubeconfig } from '../../support/app'
import type { App, Env } from '../../support/app'
import { kubeconfigText } from '../../support/cluster/kubeconfig'
import type { ReplayServer } from '../../support/ollama'
import { createManagedDeployment, startRecordedApp } from '../../support/cluster/recorded-app'
import type { RecordedApp } from '../../support/cluster/recorded-app'
import type { RecordedCluster } from '../../support/cluster/recorded-cluster'

const CANARY = 'xai-canary-5d11c09a8be2417f'

const tokenSchema = z.looseObject({ status: z.looseObject({ token: z.string() }) })

const deployment = (replicas: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1"}]}
`
const configMap = (name: string, more = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${more}`
const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: ${CANARY}}\n`

async function postTo(url: string, body: unknown) {
  const response = await fetch(`${url}/api/dry-run`, { method: 'POST', body: JSON.stringify(body) })
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) }
}

const deploymentSchema = z.looseObject({
  spec: z.unknown(),
  metadata: z.looseObject({ labels: z.unknown().optional(), generation: z.number() }),
})

describe.skipIf(!testKubeconfig)('POST /api/dry-run', () => {
  let recorded: RecordedApp
  let auditFile: string
  let cluster: RecordedCluster
  let app: App
  let replay: ReplayServer
  let namespace: string

  beforeAll(async () => {
    recorded = await startRecordedApp(testKubeconfig ?? '', 'dry-run', { ACCESS_MODE: 'read-only' })
    ;({ cluster, app, replay, auditFile } = recorded)
    namespace = cluster.namespace
    await createManagedDeployment(cluster)
  }, 60_000)
  afterAll(() => recorded?.close())

  const post = (body: unknown) => postTo(app.url, body)

  async function onApp<T>(settings: Env, use: (url: string) => Promise<T>): Promise<T> {
    const other = await startApp({ OLLAMA_BASE_URL: replay.url, AUDIT_FILE: auditFile, READ_AHEAD: 'off', ...settings })
    try {
      return await use(other.url)
    } finally {
      await other.stop()
    }
  }

  async function dryRun(...documents: string[]) {
    const { status, text, json } = await post({ manifest: documents.join('---\n'), namespace })
    expect(status).toBe(200)
    const { objects, refused = [], title, cluster: place } = planResultSchema.parse(json)
    return { objects, refused, title, place, text }
  }

  /** @returns the path of a kubeconfig of a user without any rights */
  async function viewerKubeconfig(server: string): Promise<string> {
    const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`
    await cluster.api.send('POST', accounts, { metadata: { name: 'viewer' } })
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }
    const { token } = tokenSchema.parse(await cluster.api.send('POST', `${accounts}/viewer/token`, body)).status
    return kubeconfigOf(server, token)
  }

  function kubeconfigOf(server: string, token: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'viewer-'))
    const ca = join(folder, 'ca.crt')
    writeFileSync(ca, cluster.recorder.ca ?? '')
    writeFileSync(join(folder, 'config'), kubeconfigText([{ context: 'staging', server, user: { token }, ca }]))
    return join(folder, 'config')
  }

  /** Without what its controller writes meanwhile. */
  const webNow = async () => {
    const found = await cluster.api.send('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/web`)
    const { spec, metadata } = deploymentSchema.parse(found)
    return { spec, labels: metadata.labels, generation: metadata.generation }
  }

  it('shows the diff and the owner of an existing object, and the new ones, and changes nothing', async () => {
    const before = await webNow()
    const { objects, refused, title, place } = await dryRun(deployment('3'), configMap('fresh', 'data: {mode: fast}\n'))
    expect(objects).toMatchObject([
      { verb: 'update', kind: 'Deployment', name: 'web', namespace, diff: expect.stringContaining('+  replicas: 3') },
      { verb: 'create', kind: 'ConfigMap', name: 'fresh', namespace, diff: expect.stringContaining('+  mode: fast') },
    ])
    expect(JSON.stringify(objects[0]?.notes)).toContain('Managed by Argo CD application shop')
    expect(refused).toEqual([])
    expect(title.text).toBe('Dry run: 1 to create, 1 to change, 0 unchanged, 0 refused')
    expect(place.context).toBe('staging')
    expect(await webNow()).toEqual(before)
    await expect(cluster.api.send('GET', `/api/v1/namespaces/${namespace}/configmaps/fresh`)).rejects.toThrow()
    expect(cluster.recorder.writes).toEqual([])
    expect(replay.chats()).toEqual([])
  })

  it('keeps what a controller wrote beside `kubectl apply`', async () => {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`
    const applied = parse(deployment('0').replace('name: web', 'name: rolled'))
    const lastApplied = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) }
    await cluster.api.send('POST', `${path}?fieldManager=kubectl-client-side-apply`, {
      ...applied,
      metadata: { ...applied.metadata, annotations: lastApplied },
    })
    await cluster.api.send('PATCH', `${path}/rolled/status?fieldManager=kube-controller-manager`, {
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '1' } },
    })
    const { objects } = await dryRun(deployment('3').replace('name: web', 'name: rolled'))
    expect(objects[0]?.diff).toContain('+  replicas: 3')
    expect(objects[0]?.diff).not.toMatch(/^[-+].*(?:annotations|revision)/m)
    // Defaults that the manifest leaves out stay with their owner; the replicas do not.
    const taken = objects[0]?.notes.filter(({ code }) => code.startsWith('fields-taken')).map(({ text }) => text)
    expect(taken).toEqual([expect.stringMatching(/^spec\.replicas: set by kubectl apply/)])
  })

  it('counts an object that is as the manifest says as unchanged', async () => {
    const { objects, title } = await dryRun(deployment('0'))
    expect(objects).toMatchObject([{ verb: 'update', diff: '' }])
    expect(title.text).toBe('Dry run: 0 to create, 0 to change, 1 unchanged, 0 refused')
  })

  it('never answers with the value of a Secret, and shows the other objects', async () => {
    const { objects, refused, text } = await dryRun(secret, configMap('fresh'))
    expect(text).not.toContain(CANARY)
    expect(refused).toMatchObject([
      { kind: 'Secret', name: 'login', reason: { code: 'manifest-line', text: expect.stringContaining('Secret') } },
    ])
    expect(objects.map(({ kind }) => kind)).toEqual(['ConfigMap'])
    expect(readFileSync(auditFile, 'utf8')).not.toContain(CANARY)
  })

  it('redacts a credential in another kind', async () => {
    const { text, objects } = await dryRun(configMap('fresh', `data: {API_TOKEN: ${CANARY}, mode: fast}\n`))
    expect(objects).toHaveLength(1)
    expect(text).toContain('mode: fast')
    expect(text).not.toContain(CANARY)
    expect(readFileSync(auditFile, 'utf8')).not.toContain(CANARY)
  })

  it.each([
    ['an unknown field', deployment('3').replace('replicas:', 'replica:'), /replica/],
    ['a wrong value', deployment('-1'), /-1|greater than/],
    ['a kind that the cluster lacks', 'apiVersion: v1\nkind: Frobnicator\nmetadata: {name: x}\n', /Frobnicator/],
    ['a missing namespace', configMap('x').replace('{name: x}', '{name: x, namespace: not-there}'), /not-there/],
    ['YAML that is not valid, with its line', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x\n', /Line 7:/],
  ])('refuses %s alone', async (_, document, reason) => {
    const { objects, refused } = await dryRun(configMap('fresh'), document)
    expect(objects.map(({ name }) => name)).toEqual(['fresh'])
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason.text).toMatch(reason)
  })

  it('explains an object whose namespace or kind the manifest itself creates', async () => {
    const own = `later-${namespace}`
    const { refused } = await dryRun(
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${own}}\n`,
      configMap('x').replace('{name: x}', `{name: x, namespace: ${own}}`),
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.dry-run.example}
spec:
  group: dry-run.example
  scope: Namespaced
  names: {kind: Lamp, plural: lamps}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`,
      'apiVersion: dry-run.example/v1\nkind: Lamp\nmetadata: {name: desk}\n',
    )
    expect(refused.map(({ name, reason: { code } }) => [name, code])).toEqual([
      ['x', 'dry-run-after-namespace'],
      ['desk', 'dry-run-after-kind'],
    ])
  })

  it('reads lists, and is in the audit as planned', async () => {
    const items = ['one', 'two'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }))
    const { objects } = await dryRun(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    expect(objects.map(({ name }) => name)).toEqual(['one', 'two'])
    const lines = readFileSync(auditFile, 'utf8').trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ tool: 'kubectl_apply', decision: 'planned', outcome: 'ok' })
  })

  it.each([
    ['a body without a manifest', {}, { error: { code: 'bad-request' } }],
    ['comments alone', { manifest: '# nothing\n' }, { localized: { code: 'manifest-problem' } }],
    ['more than a hundred objects', { manifest: Array(101).fill(configMap('x')).join('---\n') }, { kind: 'text' }],
  ])('refuses %s', async (_, body, expected) => {
    const { status, json } = await post(body)
    expect(status).toBe(400)
    expect(json).toMatchObject(expected)
  })

  it('reports per object what a user may not do, where changes are allowed', async () => {
    const viewer = await viewerKubeconfig(cluster.recorder.url)
    const { status, json } = await onApp({ KUBECONFIG: viewer, ACCESS_MODE: 'approve' }, (url) =>
      postTo(url, { manifest: configMap('x'), namespace }),
    )
    expect(status).toBe(200)
    const { refused, title } = planResultSchema.parse(json)
    expect(refused).toMatchObject([
      { kind: 'ConfigMap', name: 'x', reason: { text: expect.stringMatching(/may not/) } },
    ])
    expect(title.text).toMatch(/0 to create, .*1 refused/)
    expect(cluster.recorder.writes).toEqual([])
  })

  it('reports an API server that does not answer', async () => {
    const gone = kubeconfigOf(`https://127.0.0.1:${await freePort()}`, 'x')
    const { status, json } = await onApp({ KUBECONFIG: gone }, (url) => postTo(url, { manifest: configMap('x') }))
    expect(status).toBe(502)
    expect(json).toMatchObject({ kind: 'text', text: expect.stringMatching(/cannot be reached/) })
  })

  it('obeys the operator: rules for objects, and for the tool', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'))
    const policy = (name: string, rules: unknown) => {
      writeFileSync(join(folder, name), JSON.stringify(rules))
      return join(folder, name)
    }
    const settings = { KUBECONFIG: cluster.recorded, ACCESS_MODE: 'read-only' }
    const kept = policy('namespaces.json', { namespaces: { deny: [namespace] } })
    const one = await onApp({ ...settings, POLICY_FILE: kept }, (url) =>
      postTo(url, { manifest: configMap('x'), namespace }),
    )
    expect(planResultSchema.parse(one.json).refused).toHaveLength(1)
    const off = policy('tools.json', { tools: { kubectl_apply: 'denied' } })
    const two = await onApp({ ...settings, POLICY_FILE: off }, (url) =>
      postTo(url, { manifest: configMap('x'), namespace }),
    )
    expect(two.status).toBe(403)
  })
})
