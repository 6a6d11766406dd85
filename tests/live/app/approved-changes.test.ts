import { setTimeout as delay } from 'node:timers/promises'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasKubectl, startApp, testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import type { Pending } from '../../support/approvals'
import type { ChatAnswer } from '../../../shared/chat/answer'
import { startLiveCluster } from '../../support/cluster/live-cluster'
import type { LiveCluster } from '../../support/cluster/live-cluster'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import type { Call } from '../../support/writes'

/** Changes by our own MCP server through the whole assistant: plan, card, approval, run, outcome. */
describe.skipIf(!testKubeconfig || !hasKubectl())('changes that a person approves, on the real API server', () => {
  let cluster: LiveCluster
  let app: App
  let replay: ReplayServer
  let next = answer
  let count = 0
  const auditFile = join(mkdtempSync(join(tmpdir(), 'audit-')), 'audit.jsonl')
  beforeAll(async () => {
    cluster = await startLiveCluster(testKubeconfig ?? '')
    replay = await startReplayServer({ contextLength: 65_536 })
    replay.onRequest(() => next)
    app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      ACCESS_MODE: 'approve',
      KUBECONFIG: cluster.kubeconfig,
      AUDIT_FILE: auditFile,
    })
  })
  afterAll(async () => {
    await app?.stop()
    await replay?.close()
    await cluster?.remove()
  })

  const kubectl = (...args: string[]) => cluster.kubectl('-n', cluster.namespace, ...args)
  const replicas = async () => (await kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')).trim()
  const scale = (to: number | string): Call => [
    'kubectl_scale',
    { name: 'web', namespace: cluster.namespace, replicas: to },
  ]

  async function ask(...calls: Call[]): Promise<{ id: string; pending: Pending[]; reply: ChatAnswer }> {
    next = calls.reduce((all, [name, args]) => all.toolCall(name, args), answer)
    const id = `conversation-${++count}`
    const reply = await postChat(app.url, 'question', { id })
    return { id, pending: reply.approvals ?? [], reply }
  }

  async function decide(id: string, pending: Pending[], yes: boolean[] = []): Promise<ChatAnswer> {
    next = answer.text('Done.')
    const approvals = pending.map((each, at) => answerTo(each, { approved: yes[at] ?? true }))
    return await postChat(app.url, 'question', { id, approvals })
  }

  const statuses = (reply: ChatAnswer) => reply.toolCalls.map(({ status }) => status)
  const states = (reply: ChatAnswer) =>
    reply.toolCalls.flatMap(({ result }) => (result.kind === 'outcome' ? result.objects.map(({ state }) => state) : []))

  it('run as the card says, once, and tell what the cluster shows (writes-5)', async () => {
    await kubectl('scale', 'deployment', 'web', '--replicas=3')
    const { id, pending } = await ask(scale('2'))
    const [card] = pending
    expect(card).toMatchObject({ tool: 'kubectl_scale', identity: { user: expect.any(String) }, previewed: true })
    expect(card?.title.text).toContain(`Scale Deployment web in ${cluster.namespace}`)
    expect(card?.objects[0]?.diff).toMatch(/-\s+replicas: 3\n\+\s+replicas: 2/)
    expect(await replicas()).toBe('3')
    const reply = await decide(id, pending)
    expect(statuses(reply)).toEqual(['ok'])
    expect(states(reply)).toEqual(['updated'])
    expect(await replicas()).toBe('2')
    expect(statuses(await decide(id, pending))).toEqual(['expired'])
  })

  it('run though the object was touched meanwhile (writes-12)', async () => {
    const { id, pending } = await ask(scale(4))
    await kubectl('annotate', 'deployment', 'web', `touched=${Date.now()}`, '--overwrite')
    expect(states(await decide(id, pending))).toEqual(['updated'])
    expect(await replicas()).toBe('4')
  })

  it('are asked for again with what has changed if the object shows something else by now', async () => {
    await kubectl('scale', 'deployment', 'web', '--replicas=3')
    const { id, pending } = await ask(scale(5))
    await kubectl('scale', 'deployment', 'web', '--replicas=1')
    const reply = await decide(id, pending)
    expect(await replicas()).toBe('1')
    expect(statuses(reply)).toEqual(['error'])
    const [again] = reply.approvals ?? []
    expect(again?.notes[0]).toMatchObject({ code: 'meanwhile-lines' })
    expect(states(await decide(id, reply.approvals ?? []))).toEqual(['updated'])
    expect(await replicas()).toBe('5')
  })

  it('stand in the order of the calls, and run as each was answered (writes-17)', async () => {
    const names = ['order-a', 'order-b', 'order-c']
    for (const name of names) await kubectl('create', 'configmap', name, '--from-literal=a=b')
    const patch = (name: string): Call => [
      'kubectl_label',
      { resource: 'configmap', name, namespace: cluster.namespace, labels: { seen: 'yes' } },
    ]
    const { id, pending, reply } = await ask(...names.map(patch))
    expect(
      pending.map(({ objects }) => objects[0]?.name),
      JSON.stringify(reply.toolCalls),
    ).toEqual(names)
    const after = await decide(id, pending, [true, false, true])
    expect(statuses(after)).toEqual(['ok', 'declined', 'ok'])
    const labelled = await kubectl('get', 'configmap', '-l', 'seen=yes', '-o', 'name')
    expect(labelled.trim().split('\n')).toEqual(['configmap/order-a', 'configmap/order-c'])
  })

  it('are one for each object of a manifest, and answer for all (writes-13)', async () => {
    const manifest = ['one', 'two', 'bad', 'four']
      .map((name) =>
        name === 'bad'
          ? `apiVersion: v1\nkind: Service\nmetadata: {name: bad, namespace: ${cluster.namespace}}\nspec: {ports: [{port: 99999}]}\n`
          : `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${cluster.namespace}}\ndata: {a: b}\n`,
      )
      .join('---\n')
    const { id, pending, reply } = await ask(['kubectl_apply', { manifest }])
    expect(
      pending.map(({ objects }) => objects[0]?.name),
      JSON.stringify(reply.toolCalls),
    ).toEqual(['one', 'two'])
    expect(statuses(reply)).toEqual(['ok', 'error', 'error'])
    expect(states(await decide(id, pending))).toEqual(['created', 'created'])
  })

  it('wait for the namespace that they need', async () => {
    const name = `${cluster.namespace}-new`
    const manifest = [
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: ${name}}\ndata: {a: b}\n`,
    ].join('---\n')
    const { id, pending, reply } = await ask(['kubectl_apply', { manifest }])
    expect(
      pending.map(({ objects }) => objects[0]?.kind),
      JSON.stringify(reply.toolCalls),
    ).toEqual(['Namespace'])
    const second = await decide(id, pending)
    expect(
      second.approvals?.map(({ objects }) => objects[0]?.kind),
      JSON.stringify(second.toolCalls),
    ).toEqual(['ConfigMap'])
    expect(states(await decide(id, second.approvals ?? []))).toEqual(['created'])
    const gone = await ask(['kubectl_delete', { resource: 'namespace', name }])
    expect(gone.pending[0]?.confirm).toBe(name)
    expect(states(await decide(gone.id, gone.pending))[0]).toMatch(/deleted|terminating/)
  })

  it('wait for the kind that they need', async () => {
    const group = `w${Date.now()}.example.com`
    const manifest = [
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.${group}}\nspec:\n  group: ${group}\n  scope: Namespaced\n  names: {plural: things, singular: thing, kind: Thing}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}\n`,
      `apiVersion: ${group}/v1\nkind: Thing\nmetadata: {name: one, namespace: ${cluster.namespace}}\nspec: {size: 1}\n`,
    ].join('---\n')
    const { id, pending, reply } = await ask(['kubectl_apply', { manifest }])
    expect(
      pending.map(({ objects }) => objects[0]?.kind),
      JSON.stringify(reply.toolCalls),
    ).toEqual(['CustomResourceDefinition'])
    const second = await decide(id, pending)
    expect(
      second.approvals?.map(({ objects }) => objects[0]?.kind),
      JSON.stringify(second.toolCalls),
    ).toEqual(['Thing'])
    expect(states(await decide(id, second.approvals ?? []))).toEqual(['created'])
    await cluster.kubectl('delete', 'crd', `things.${group}`, '--wait=false')
  })

  it('tell of an object that a finalizer holds (writes-14)', async () => {
    await kubectl('create', 'configmap', 'held', '--from-literal=a=b')
    await kubectl(
      'patch',
      'configmap',
      'held',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":["example.com/keep"]}}',
    )
    const { id, pending } = await ask([
      'kubectl_delete',
      { resource: 'configmap', name: 'held', namespace: cluster.namespace },
    ])
    expect(JSON.stringify(pending[0]?.objects[0]?.notes) + JSON.stringify(pending[0]?.notes)).toContain(
      'example.com/keep',
    )
    const reply = await decide(id, pending)
    expect(states(reply)).toEqual(['terminating'])
    expect(JSON.stringify(reply.toolCalls)).toContain('example.com/keep')
    await kubectl('patch', 'configmap', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
  })

  it('are refused with a reason', async () => {
    const { pending, reply } = await ask([
      'kubectl_scale',
      { name: 'nowhere', namespace: cluster.namespace, replicas: 1 },
    ])
    expect(pending).toEqual([])
    expect(statuses(reply)[0]).toBe('error')
    expect(JSON.stringify(reply.toolCalls[0]?.result)).toContain('nowhere')
  })

  it('name cluster and user in the audit (cluster-9)', async () => {
    await delay(100)
    const lines = readFileSync(auditFile, 'utf8').trim().split('\n')
    const approved = lines.filter((line) => line.includes('"approved"'))
    expect(approved.length).toBeGreaterThan(5)
    for (const line of lines) expect(line).toMatch(/"apiServer":"https?:.*"clusterUid":"[0-9a-f-]{36}"/)
  })
})
