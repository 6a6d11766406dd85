/** The writing tools' drafts on a real API server: dry-run and sent as drafted. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { ChangeOutcome } from '../../../shared/changes/change'
import { planChange } from '../../../mcp/changes/plan'
import { runChange } from '../../../mcp/changes/run'
import type { Draft, Operation, WriteTool } from '../../../mcp/changes/types'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { at, listAt, textAt } from '../../../mcp/kubernetes/read/fields'
import { isRecord } from '../../../shared/kubernetes/fields'
import { objectSchema } from '../../../mcp/kubernetes/list/paging'
import { writeTools } from '../../../mcp/tools/writes'

const kubeconfig = process.env.TEST_KUBECONFIG ?? ''
const namespace = `writes-test-${randomUUID().slice(0, 8)}`
const signal = () => AbortSignal.timeout(60_000)
const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }

async function kubectl(args: string[], input?: unknown): Promise<string> {
  const child = promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args])
  if (input !== undefined) child.child.stdin?.end(JSON.stringify(input))
  return (await child).stdout
}

function fail(): never {
  throw new Error('there is no operation')
}

const list = (...items: object[]) => ({ apiVersion: 'v1', kind: 'List', items })

function deployment(name: string, containers: object[] = [{ name: 'app', image: 'nginx:1' }], spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers } },
      ...spec,
    },
  }
}

describe.skipIf(kubeconfig === '')('writing tools on a real API server', () => {
  let cluster: OpenCluster

  beforeAll(async () => {
    cluster = openCluster({ credentials: operatorCredentials({ paths: [kubeconfig] }), rules })
    await kubectl(['create', 'namespace', namespace])
  })
  afterAll(async () => {
    await kubectl(['delete', 'namespace', namespace, '--wait=false'])
    await cluster?.close()
  })

  function tool(name: string): WriteTool {
    const found = writeTools.find((each) => each.name === name)
    if (!found) throw new Error(`no tool ${name}`)
    return found
  }

  async function draft(name: string, raw: object): Promise<Draft> {
    const [args, ...others] = tool(name).read(raw)
    expect(others).toEqual([])
    expect(tool(name).read(args)).toEqual([args])
    return tool(name).draft(args ?? {}, { cluster, signal: signal(), now: Date.now })
  }

  async function send({ method, path, contentType, query, body }: Operation, dryRun: boolean) {
    // For a DELETE with a body the API server reads options only from the body.
    const inBody = method === 'DELETE' && isRecord(body)
    const { data } = await cluster.client.send(method, path, {
      ...{ contentType, schema: objectSchema, signal: signal(), dryRun },
      body: inBody && dryRun ? { ...body, dryRun: ['All'] } : body,
      query: { ...query, ...(dryRun && !inBody && { dryRun: 'All' }) },
    })
    return data
  }

  /** Dry-runs all operations, then sends them. */
  async function change(name: string, raw: object) {
    const drafted = await draft(name, raw)
    const shown = await Promise.all(drafted.operations.map((operation) => send(operation, true)))
    for (const operation of drafted.operations) await send(operation, false)
    return { ...drafted, shown }
  }

  async function podsOn(node: string): Promise<string[]> {
    const selector = `--field-selector=spec.nodeName=${node}`
    return (await kubectl(['get', 'pods', '-n', namespace, selector, '-o', 'name'])).split('\n').filter(Boolean)
  }

  async function read(kind: string, name: string): Promise<Record<string, unknown>> {
    const parsed: unknown = JSON.parse(await kubectl(['get', kind, name, '-n', namespace, '-o', 'json']))
    return objectSchema.parse(parsed)
  }

  const create = (...objects: object[]) => kubectl(['create', '-f', '-'], list(...objects))
  const images = (object: unknown) =>
    listAt(object, 'spec', 'template', 'spec', 'containers').map((each) => textAt(each, 'image'))
  const codes = ({ notes, operations }: Draft) =>
    [...notes, ...operations.flatMap((each) => each.notes)].map(({ code }) => code)

  it('scales by the scale subresource, also with a number as a string (writes-5)', async () => {
    await create(deployment('scaled'))
    const { title, shown } = await change('kubectl_scale', { name: 'deploy/scaled', namespace, replicas: '2' })
    expect(title.text).toMatch(new RegExp(`^Scale Deployment scaled in ${namespace} on \\S+: 1 → 2$`))
    expect(title).toMatchObject({ code: 'change-scale', params: { from: 1, to: 2, name: 'scaled', namespace } })
    expect(shown[0]).toMatchObject({ kind: 'Scale', spec: { replicas: 2 } })
    expect(at(await read('deploy', 'scaled'), 'spec', 'replicas')).toBe(2)
  })

  it('names a kind that cannot be scaled', async () => {
    await create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'no-scale', namespace } })
    const scale = draft('kubectl_scale', { resource: 'cm', name: 'no-scale', namespace, replicas: 2 })
    await expect(scale).rejects.toMatchObject({ code: 'invalid-arguments', params: { kind: 'ConfigMap' } })
  })

  it('sets and removes labels and annotations', async () => {
    const name = 'labelled'
    await create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: { old: 'x', kept: 'y' } },
    })
    const { title } = await change('kubectl_label', { resource: 'cm', name, namespace, labels: 'app=web,old-' })
    expect(title.text).toContain(': app=web, old-')
    await change('kubectl_annotate', { resource: 'cm', name, namespace, annotations: { 'example.com/note': 'a, b=c' } })
    const { metadata } = objectSchema.parse(await read('cm', name))
    expect(metadata).toMatchObject({ labels: { app: 'web', kept: 'y' }, annotations: { 'example.com/note': 'a, b=c' } })
    expect(metadata.labels).not.toHaveProperty('old')
    expect(codes(await draft('kubectl_label', { resource: 'cm', name, namespace, labels: 'none-' }))).toEqual([
      'labels-absent',
    ])
  })

  it('names the items that a merge patch takes out of a list (writes-7)', async () => {
    await create(
      deployment('patched', [
        { name: 'app', image: 'a:1' },
        { name: 'sidecar', image: 'b:1' },
      ]),
    )
    const patch = { spec: { template: { spec: { containers: [{ name: 'app', image: 'a:2' }] } } } }
    const args = { resource: 'deploy', name: 'patched', namespace, patch }
    const merge = await draft('kubectl_patch', { ...args, type: 'merge' })
    expect(merge.operations[0]?.notes).toEqual([
      {
        code: 'list-items-dropped',
        params: { field: 'spec.template.spec.containers', names: 'sidecar' },
        text: 'A merge patch replaces the whole list spec.template.spec.containers, without: sidecar',
      },
    ])
    const strategic = await change('kubectl_patch', args)
    expect(strategic.operations[0]?.notes).toEqual([])
    expect(images(await read('deploy', 'patched'))).toEqual(['a:2', 'b:1'])
    const steps = JSON.stringify([{ op: 'replace', path: '/spec/replicas', value: 0 }])
    await change('kubectl_patch', { ...args, patch: steps })
    expect(at(await read('deploy', 'patched'), 'spec', 'replicas')).toBe(0)
  })

  it('sets image, environment and resources of one container', async () => {
    const env = [
      { name: 'KEPT', value: 'a' },
      { name: 'OLD', value: 'b' },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ]
    const containers = [
      { name: 'app', image: 'shop/web:1', env, resources: { requests: { cpu: '1m', memory: '1Mi' } } },
      { name: 'side', image: 'envoy:1' },
    ]
    await create(deployment('setter', containers, { replicas: 0 }))
    const args = { resource: 'deployment', name: 'setter', namespace }
    const { title } = await change('kubectl_set', {
      ...args,
      container: 'app',
      image: 'shop/web:2',
      env: 'NODE=n1\nOLD-\nNEW=x=y',
      limits: { memory: '64Mi' },
      requests: 'cpu=5m,memory-',
    })
    expect(title.text).toContain('Set app of Deployment setter')
    expect(title.text).toContain('image shop/web:1 → shop/web:2')
    const [app] = listAt(await read('deploy', 'setter'), 'spec', 'template', 'spec', 'containers')
    expect(app).toMatchObject({
      image: 'shop/web:2',
      env: [
        { name: 'KEPT', value: 'a' },
        { name: 'NODE', value: 'n1' },
        { name: 'NEW', value: 'x=y' },
      ],
      resources: { limits: { memory: '64Mi' }, requests: { cpu: '5m' } },
    })
    // Matches the only container with that image; an unknown name is not guessed.
    await change('kubectl_set', { ...args, image: 'envoy:2' })
    expect(images(await read('deploy', 'setter'))).toEqual(['shop/web:2', 'envoy:2'])
    await expect(draft('kubectl_set', { ...args, image: 'other:1' })).rejects.toThrow(/several containers: app, side/)
    await expect(draft('kubectl_set', { ...args, container: 'ap', image: 'x:1' })).rejects.toMatchObject({
      code: 'missing-container',
      params: { near: 'app' },
    })
  })

  it('restarts, pauses, resumes and undoes a rollout', async () => {
    await create(deployment('rolled'))
    const args = { name: 'rolled', namespace }
    await expect(draft('kubectl_rollout', { ...args, action: 'undo' })).rejects.toThrow(/no earlier revision/)
    await kubectl(['set', 'image', 'deploy/rolled', 'app=nginx:2', '-n', namespace])
    await kubectl(['rollout', 'status', 'deploy/rolled', '-n', namespace])
    const undo = await change('kubectl_rollout', { ...args, action: 'undo' })
    expect(undo.title.text).toContain('Undo Deployment rolled')
    expect(undo.title.text).toContain(': revision 2 → 1')
    expect(images(await read('deploy', 'rolled'))).toEqual(['nginx:1'])
    expect(at(undo.shown[0], 'spec', 'template', 'metadata', 'labels')).toEqual({ app: 'rolled' })

    const restart = await change('kubectl_rollout', { ...args, action: 'restart' })
    expect(restart.operations[0]?.assigned).toEqual([
      'spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]',
    ])
    await change('kubectl_rollout', { ...args, action: 'pause' })
    expect(at(await read('deploy', 'rolled'), 'spec', 'paused')).toBe(true)
    await expect(draft('kubectl_rollout', { ...args, action: 'restart' })).rejects.toThrow(/paused/)
    expect(codes(await draft('kubectl_rollout', { ...args, action: 'pause' }))).toEqual(['paused-already'])
    await change('kubectl_rollout', { ...args, action: 'resume' })
    expect(at(await read('deploy', 'rolled'), 'spec', 'paused')).toBeUndefined()
  })

  it('undoes a StatefulSet and a DaemonSet', async () => {
    for (const kind of ['StatefulSet', 'DaemonSet']) {
      const name = `undo-${kind.toLowerCase()}`
      const { spec, ...rest } = deployment(name)
      const { replicas, ...plain } = spec
      await create({
        ...rest,
        kind,
        spec: kind === 'DaemonSet' ? plain : { replicas, serviceName: name, ...plain },
      })
      await kubectl(['rollout', 'status', `${kind}/${name}`, '-n', namespace, '--timeout=60s'])
      await kubectl(['set', 'image', `${kind}/${name}`, 'app=nginx:2', '-n', namespace])
      await kubectl(['rollout', 'status', `${kind}/${name}`, '-n', namespace, '--timeout=60s'])
      await change('kubectl_rollout', { action: 'undo', resource: kind, name, namespace, revision: '1' })
      expect(images(await read(kind, name))).toEqual(['nginx:1'])
    }
  })

  it('deletes by name and by label selector, and asks for a name if several objects are deleted', async () => {
    const map = (name: string, labels = {}) => ({
      ...{ apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name, namespace, labels },
    })
    await create(map('one'), map('two', { set: 'x' }), map('three', { set: 'x' }), map('four', { set: 'y' }))
    const one = await change('kubectl_delete', { resource: 'configmap/one', namespace })
    expect(one.confirm).toBeUndefined()
    expect(one.title.text).toContain(`Delete ConfigMap one in ${namespace}`)
    const both = await change('kubectl_delete', { resource: 'cm', namespace, labelSelector: { set: 'x' } })
    expect(both.confirm).toBe(namespace)
    expect(both.title.params).toMatchObject({ count: 2, names: 'three, two' })
    expect((await kubectl(['get', 'cm', '-n', namespace, '-o', 'name'])).split('\n')).toContain('configmap/four')
    await expect(read('cm', 'two')).rejects.toThrow(/NotFound/)
    await expect(draft('kubectl_delete', { resource: 'cm', namespace, labelSelector: 'set=x' })).rejects.toThrow(
      /Nothing of kind ConfigMap in \S+ has the labels set=x/,
    )
    const whole = await draft('kubectl_delete', { resource: 'ns', name: namespace })
    expect(whole).toMatchObject({ confirm: namespace, title: { code: 'change-delete-cluster-scoped' } })
  })

  it('cordons and uncordons a node', async () => {
    const nodes = (await kubectl(['get', 'nodes', '--field-selector', 'spec.unschedulable=false', '-o', 'name'])).split(
      '\n',
    )
    const name = nodes[0] ?? ''
    const cordon = await draft('kubectl_cordon', { name })
    expect(cordon.operations).toHaveLength(1)
    for (const operation of cordon.operations)
      expect(at(await send(operation, true), 'spec', 'unschedulable')).toBe(true)
    const uncordon = await draft('kubectl_cordon', { node: name.replace('node/', ''), uncordon: 'true' })
    expect(uncordon.title.text).toMatch(/^Uncordon Node /)
    expect(codes(uncordon)).toEqual(['not-cordoned'])
  })

  const run = async (name: string, raw: object) => {
    const outcomes: ChangeOutcome[] = []
    for (const args of tool(name).read(raw)) {
      const context = { cluster, signal: signal(), now: Date.now }
      const { identity, digest } = await planChange(tool(name), args, context)
      const limits = { deletion: 0, rollout: 0, poll: 50 }
      outcomes.push(await runChange(tool(name), args, { identity, digest }, { ...context, limits }))
    }
    return outcomes
  }
  const map = (name: string, data: object = { a: 'b' }) => ({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } },
    data,
  })

  it('creates two documents behind a comment, each in its own call (writes-2)', async () => {
    const manifest = `${stringify(map('first'))}--- # second\n${stringify(map('second'))}`
    const outcomes = await run('kubectl_apply', { manifest })
    expect(outcomes.map(({ objects }) => objects[0])).toMatchObject([
      { name: 'first', state: 'created' },
      { name: 'second', state: 'created' },
    ])
  })

  it('updates an object by a manifest in JSON, in a list, as it was read from the cluster (writes-6, writes-8)', async () => {
    const live = await read('cm', 'first')
    const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ ...live, data: { a: 'c' } }] })
    const [args] = tool('kubectl_apply').read({ manifest })
    expect(args).toMatchObject({ manifest: { data: { a: 'c' } }, notes: [{ code: 'manifest-fields-ignored' }] })
    const [outcome] = await run('kubectl_apply', { manifest })
    expect(outcome?.objects[0]).toMatchObject({ name: 'first', state: 'updated' })
    expect((await read('cm', 'first')).data).toEqual({ a: 'c' })
  })

  it("keeps the notes on a manifest's text when its JSON comes back", async () => {
    const manifest = `${stringify(map('modes'))}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, namespace: ${namespace}}\nspec: {replicas: 010}\n`
    const args = tool('kubectl_apply').read({ manifest })[1] ?? {}
    expect(args).toMatchObject({ manifest: { spec: { replicas: 8 } }, notes: [{ code: 'manifest-field-read-as' }] })
    expect(tool('kubectl_apply').read(args)).toEqual([args])
    expect(() => tool('kubectl_apply').read({ manifest: map('x'), namespace: 'other' })).toThrow(/Write one/)
  })

  it('creates what does not exist, also with a generated name, and refuses what does', async () => {
    const [created] = await run('kubectl_create', { manifest: map('created') })
    expect(created?.objects[0]).toMatchObject({ state: 'created' })
    await expect(draft('kubectl_create', { manifest: map('created') })).rejects.toMatchObject({
      code: 'already-exists',
    })
    const generated = { ...map(''), metadata: { generateName: 'made-', namespace } }
    const [made] = await run('kubectl_create', { manifest: generated })
    expect(made?.objects[0]?.state).toBe('created')
    await expect(draft('kubectl_apply', { manifest: generated })).rejects.toThrow(/name/)
    const typo = { ...deployment('typo'), spec: { ...deployment('typo').spec, replica: 2 } }
    await expect(run('kubectl_create', { manifest: typo })).rejects.toThrow(/unknown field "spec.replica"/)
  })

  it('names a kind, a version and a namespace that do not exist', async () => {
    const manifest = { ...deployment('x'), apiVersion: 'extensions/v1beta1' }
    await expect(draft('kubectl_apply', { manifest })).rejects.toMatchObject({ code: 'unknown-kind' })
    const hpa = {
      apiVersion: 'autoscaling/v2beta1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'x', namespace },
    }
    await expect(draft('kubectl_apply', { manifest: hpa })).rejects.toThrow(/in autoscaling\/v2beta1/)
    const lost = { ...map('x'), metadata: { name: 'x', namespace: `${namespace}x` } }
    await expect(draft('kubectl_apply', { manifest: lost })).rejects.toMatchObject({
      code: 'missing-namespace',
      params: { near: namespace },
    })
  })

  it('writes CA bundles of webhooks, and refuses Secrets in manifests (writes-28)', async () => {
    const name = `${namespace}.example.com`
    const webhook = {
      ...{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name } },
      webhooks: [
        {
          ...{ name, sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Ignore', rules: [] },
          clientConfig: { url: 'https://example.com/x', caBundle: 'LS0tLS1CRUdJTg==' },
        },
      ],
    }
    const { operations } = await draft('kubectl_apply', { manifest: webhook })
    expect(at(await send(operations[0] ?? fail(), true), 'webhooks')).toMatchObject([
      { clientConfig: { caBundle: expect.any(String) } },
    ])
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace }, stringData: { a: 'b' } }
    for (const tool of ['kubectl_apply', 'kubectl_create'])
      await expect(draft(tool, { manifest: secret })).rejects.toThrow(/Secret/)
  })

  it('scales, patches and applies a custom kind', async () => {
    const group = `${namespace}.example.com`
    const any = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
    const items = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, value: { type: 'string' } },
    }
    const list = { type: 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }
    const schema = {
      type: 'object',
      properties: {
        spec: { type: 'object', properties: { size: { type: 'integer' }, list } },
        status: { type: 'object', properties: { size: { type: 'integer' } } },
        extra: any,
      },
    }
    const crd = {
      ...{
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `shops.${group}` },
      },
      spec: {
        ...{ group, scope: 'Namespaced', names: { plural: 'shops', singular: 'shop', kind: 'Shop' } },
        versions: [
          {
            ...{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } },
            subresources: { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } },
          },
        ],
      },
    }
    const shop = (spec: object) => ({
      apiVersion: `${group}/v1`,
      kind: 'Shop',
      metadata: { name: 'x', namespace },
      spec,
    })
    try {
      await run('kubectl_apply', { manifest: crd })
      await kubectl(['wait', '--for=condition=Established', `crd/shops.${group}`, '--timeout=30s'])
      await run('kubectl_apply', { manifest: shop({ size: 1, list: [{ name: 'a', value: '1' }, { name: 'b' }] }) })
      const resource = `shops.${group}`
      const { title, operations } = await draft('kubectl_scale', { resource, name: 'x', namespace, replicas: 3 })
      expect(title.params).toMatchObject({ kind: 'Shop', from: 1, to: 3 })
      for (const operation of operations) await send(operation, false)
      await run('kubectl_patch', { resource, name: 'x', namespace, patch: { spec: { size: 4 } } })
      expect((await read(resource, 'x')).spec).toMatchObject({ size: 4 })
      await run('kubectl_apply', { manifest: shop({ size: 4, list: [{ name: 'a', value: '2' }] }) })
      expect((await read(resource, 'x')).spec).toEqual({ size: 4, list: [{ name: 'a', value: '2' }] })
      const removal = await draft('kubectl_delete', { resource: 'crd', name: `shops.${group}` })
      expect(removal.confirm).toBe(`shops.${group}`)
    } finally {
      await kubectl(['delete', 'crd', `shops.${group}`, '--ignore-not-found', '--wait=false'])
    }
  })

  /** A node that runs only pods assigned by name. */
  const node = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { drained: name } } },
    spec: { taints: [{ key: 'drained', value: 'true', effect: 'NoSchedule' }] },
  })

  it('drains a node: pods of DaemonSets stay, what does not come back is named', async () => {
    const name = `${namespace}-node`
    await kubectl(['delete', 'ds', '--all', '-n', namespace])
    await kubectl(['create', '-f', '-'], node(name))
    try {
      const { spec, ...rest } = deployment('drained', undefined, { replicas: 2 })
      const onNode = { ...spec.template.spec, nodeName: name, terminationGracePeriodSeconds: 0 }
      const template = { ...spec.template, spec: { ...onNode, volumes: [{ name: 'scratch', emptyDir: {} }] } }
      const bare = {
        ...rest,
        apiVersion: 'v1',
        kind: 'Pod',
        spec: { ...onNode },
        metadata: { name: 'bare', namespace },
      }
      const { replicas: _, ...daemon } = spec
      await create({ ...rest, spec: { ...spec, template } }, bare, {
        ...{ ...rest, kind: 'DaemonSet', metadata: { name: 'daemon', namespace } },
        spec: {
          ...daemon,
          template: {
            ...spec.template,
            spec: {
              ...spec.template.spec,
              nodeSelector: { drained: name },
              tolerations: [{ key: 'drained', operator: 'Exists' }],
            },
          },
        },
      })
      await expect.poll(async () => (await podsOn(name)).length, { timeout: 30_000 }).toBe(4)
      const { operations, confirm, notes, title } = await draft('kubectl_drain', { name })
      expect(confirm).toBe(name)
      expect(title.text).toMatch(/^Drain Node \S+ on \S+: 3 pods are evicted$/)
      expect(operations.map(({ verb }) => verb)).toEqual(['update', 'evict', 'evict', 'evict'])
      expect(notes.map(({ code }) => code)).toEqual(['drain-keeps-daemons'])
      expect(new Set(operations.flatMap((each) => each.notes.map(({ code }) => code)))).toEqual(
        new Set(['evict-unmanaged', 'evict-empty-dir']),
      )
      // A dry run evicts nothing.
      const [, first] = operations
      await send(first ?? fail(), true)
      expect(await podsOn(name)).toHaveLength(4)
      const [outcome] = await run('kubectl_drain', { name })
      expect(outcome?.status).toBe('done')
      await expect
        .poll(async () => (await podsOn(name)).filter((pod) => pod.includes('bare')), { timeout: 30_000 })
        .toEqual([])
      expect(at(JSON.parse(await kubectl(['get', 'node', name, '-o', 'json'])), 'spec', 'unschedulable')).toBe(true)
    } finally {
      await kubectl(['delete', 'deploy,ds,pod', '--all', '-n', namespace, '--wait=false'])
      await kubectl(['delete', 'node', name, '--wait=false'])
    }
  })

  it('leaves pods to a PodDisruptionBudget, and evicts the others', async () => {
    const name = `${namespace}-kept`
    await kubectl(['create', '-f', '-'], node(name))
    try {
      const pod = (app: string) => ({
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: app, namespace, labels: { app } } },
        spec: { nodeName: name, terminationGracePeriodSeconds: 0, containers: [{ name: 'app', image: 'nginx:1' }] },
      })
      await create(pod('kept'), pod('gone'), {
        ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'kept', namespace } },
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'kept' } } },
      })
      const running = async () => kubectl(['get', 'pods', '-n', namespace, '-l', 'app in (kept,gone)', '--no-headers'])
      await expect.poll(async () => (await running()).match(/Running/g)?.length, { timeout: 30_000 }).toBe(2)
      const { title, notes } = await draft('kubectl_drain', { name })
      expect(title.text).toMatch(/: 1 pod is evicted$/)
      expect(notes[0]).toMatchObject({ code: 'drain-blocked', params: { name: 'kept', namespace } })
      const [outcome] = await run('kubectl_drain', { name })
      const states = Object.fromEntries(outcome?.objects.map((each) => [each.name, each.state]) ?? [])
      expect(states[name]).toBe('updated')
      expect(states.gone).toMatch(/deleted|terminating/)
      await expect.poll(async () => (await running()).match(/^\w+/g), { timeout: 30_000 }).toEqual(['kept'])
    } finally {
      await kubectl(['delete', 'pod', 'kept', 'gone', '-n', namespace, '--ignore-not-found', '--wait=false'])
      await kubectl(['delete', 'node', name, '--wait=false'])
    }
  })

  it('refuses Secrets with every tool', async () => {
    const target = { resource: 'secrets', name: 'x', namespace }
    const calls: [string, object][] = [
      ['kubectl_patch', { patch: { stringData: { a: 'b' } } }],
      ['kubectl_label', { labels: 'a=b' }],
      ['kubectl_annotate', { annotations: 'a=b' }],
      ['kubectl_delete', {}],
      ['kubectl_scale', { replicas: 1 }],
      ['kubectl_set', { image: 'x:1' }],
      ['kubectl_rollout', { action: 'restart' }],
    ]
    for (const [name, args] of calls)
      await expect(draft(name, { ...target, ...args }), name).rejects.toMatchObject({ code: 'denied-by-operator' })
  })
})
