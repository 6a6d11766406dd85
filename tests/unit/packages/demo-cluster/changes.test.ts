/** Every writing tool of our own MCP server on the demo cluster: what a person changes who starts the assistant with nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { startDemoChanges, type DemoChanges } from './changes'

let demo: DemoChanges
beforeEach(async () => {
  demo = await startDemoChanges()
})
afterEach(() => demo.close())

const WEB = { resource: 'deployment', name: 'web', namespace: 'shop' }
const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/web'
const CONFIG_MAPS = '/api/v1/namespaces/shop/configmaps'

async function read(path: string): Promise<unknown> {
  return (await fetch(demo.url + path)).json()
}

async function send(method: string, path: string, body: object, type = 'application/merge-patch+json') {
  const init = { method, body: JSON.stringify(body), headers: { 'content-type': type } }
  const response = await fetch(demo.url + path, init)
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
}

/** Without automatic updates: nodes report every ten seconds. */
async function settled(path: string): Promise<unknown> {
  const { metadata, status: _, ...rest } = objectSchema.parse(await read(path))
  return path.includes('/nodes/') ? { ...rest, metadata: { ...metadata, resourceVersion: '' } } : { ...rest, metadata }
}

const objectSchema = z.looseObject({ metadata: z.looseObject({}), status: z.unknown().optional() })

/** The lines of a diff that are added or removed. */
function changed(diff: string | undefined): string[] {
  return (diff ?? '').split('\n').filter((line) => /^[-+]/.test(line))
}

function configMap(name: string, data: object, metadata: object = {}) {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...metadata }, data }
  return { manifest: stringify(object) }
}

const UPDATES: [string, object, string[], string, object][] = [
  [
    'kubectl_scale',
    { ...WEB, replicas: 5 },
    ['-  replicas: 3', '+  replicas: 5'],
    DEPLOYMENT,
    { spec: { replicas: 5 } },
  ],
  [
    'kubectl_set',
    { ...WEB, image: 'nginx:1.29' },
    ['-          image: nginx:1.27.3', '+          image: nginx:1.29'],
    DEPLOYMENT,
    { spec: { template: { spec: { containers: [{ image: 'nginx:1.29' }] } } } },
  ],
  [
    'kubectl_set',
    { ...WEB, env: 'LEVEL=debug' },
    ['+            - name: LEVEL', '+              value: debug'],
    DEPLOYMENT,
    {
      spec: {
        template: { spec: { containers: [{ env: [{ name: 'CART_URL' }, { name: 'LEVEL', value: 'debug' }] }] } },
      },
    },
  ],
  ['kubectl_rollout', { ...WEB, action: 'pause' }, ['+  paused: true'], DEPLOYMENT, { spec: { paused: true } }],
  [
    'kubectl_label',
    { ...WEB, labels: 'team=front' },
    ['+    team: front'],
    DEPLOYMENT,
    { metadata: { labels: { app: 'web', team: 'front' } } },
  ],
  [
    'kubectl_annotate',
    { resource: 'configmap', name: 'web-config', namespace: 'shop', annotations: 'note=hello' },
    ['+  annotations:', '+    note: hello'],
    `${CONFIG_MAPS}/web-config`,
    { metadata: { annotations: { note: 'hello' } } },
  ],
  [
    'kubectl_patch',
    { resource: 'configmap', name: 'web-config', namespace: 'shop', patch: { data: { THEME: 'winter' } } },
    ['-  THEME: autumn', '+  THEME: winter'],
    `${CONFIG_MAPS}/web-config`,
    { data: { THEME: 'winter' } },
  ],
  [
    'kubectl_patch',
    { ...WEB, patch: [{ op: 'replace', path: '/spec/replicas', value: 2 }] },
    ['-  replicas: 3', '+  replicas: 2'],
    DEPLOYMENT,
    { spec: { replicas: 2 } },
  ],
  [
    'kubectl_apply',
    configMap('web-config', { THEME: 'winter' }),
    ['-  THEME: autumn', '+  THEME: winter'],
    `${CONFIG_MAPS}/web-config`,
    { data: { THEME: 'winter', PAGE_SIZE: '24' } },
  ],
  [
    'kubectl_cordon',
    { name: 'demo-worker-1' },
    ['+  unschedulable: true'],
    '/api/v1/nodes/demo-worker-1',
    { spec: { unschedulable: true } },
  ],
]

describe('an update', () => {
  it.each(UPDATES)('%s %j shows %j, and is made once', async (tool, args, lines, path, after) => {
    const before = await settled(path)
    const plan = await demo.plan(tool, args)
    expect(plan.objects.map(({ verb, diff }) => [verb, changed(diff)])).toEqual([['update', lines]])
    expect(await settled(path)).toEqual(before)
    const outcome = await demo.run(tool, plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(await read(path)).toMatchObject(after)
    const again = await demo.run(tool, plan)
    expect(again).toMatchObject({ status: 'changed', plan: { objects: [{ diff: '' }] } })
    expect(again.plan?.digest).not.toBe(plan.digest)
  })

  it('is planned again if somebody else changed what it changes', async () => {
    const plan = await demo.plan('kubectl_scale', { ...WEB, replicas: 5 })
    await send('PATCH', DEPLOYMENT, { spec: { replicas: 4 } })
    const outcome = await demo.run('kubectl_scale', plan)
    expect(outcome).toMatchObject({ status: 'changed', objects: [{ state: 'not-tried' }] })
    expect(changed(outcome.plan?.objects[0]?.diff)).toEqual(['-  replicas: 4', '+  replicas: 5'])
    if (!outcome.plan) throw new Error('no new plan')
    expect(await demo.run('kubectl_scale', outcome.plan)).toMatchObject({ status: 'done' })
    expect(await read(DEPLOYMENT)).toMatchObject({ spec: { replicas: 5 } })
  })

  it('is made if somebody else changed something else', async () => {
    const plan = await demo.plan('kubectl_scale', { ...WEB, replicas: 5 })
    await send('PATCH', DEPLOYMENT, { metadata: { labels: { team: 'front' } } })
    expect(await demo.run('kubectl_scale', plan)).toMatchObject({ status: 'done' })
  })
})

describe('kubectl_scale', () => {
  it('waits for the pods', async () => {
    const outcome = await demo.run('kubectl_scale', await demo.plan('kubectl_scale', { ...WEB, replicas: 5 }))
    expect(outcome.objects[0]?.notes.map(({ text }) => text)).toEqual(['5 of 5 replicas are ready'])
  })
})

describe('kubectl_rollout', () => {
  const listSchema = z.object({
    items: z.array(z.object({ metadata: z.object({ name: z.string() }), spec: z.unknown() })),
  })
  const pods = async () => {
    const { items } = listSchema.parse(await read('/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb'))
    return JSON.stringify(items.map(({ metadata, spec }) => [metadata.name, spec]))
  }

  it('restarts: other pods come', async () => {
    const before = await pods()
    const plan = await demo.plan('kubectl_rollout', { ...WEB, action: 'restart' })
    expect(plan.objects[0]?.assigned).toEqual(['spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]'])
    const outcome = await demo.run('kubectl_rollout', plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(outcome.objects[0]?.notes.map(({ text }) => text)).toEqual(['3 of 3 replicas are ready'])
    expect(await pods()).not.toBe(before)
  })

  it('leaves the pods as they are while it is paused', async () => {
    const change = async (tool: string, args: object) => demo.run(tool, await demo.plan(tool, { ...WEB, ...args }))
    const before = await pods()
    await change('kubectl_rollout', { action: 'pause' })
    await change('kubectl_set', { image: 'nginx:1.29' })
    expect(await pods()).toBe(before)
    expect(await change('kubectl_rollout', { action: 'resume' })).toMatchObject({ status: 'done' })
    expect(await pods()).toContain('nginx:1.29')
  })

  it.each([
    ['deployment', 'web', 'shop'],
    ['statefulset', 'ledger', 'payments'],
    ['daemonset', 'node-exporter', 'monitoring'],
  ])('undoes a new image of a %s', async (resource, name, namespace) => {
    const target = { resource, name, namespace }
    const set = await demo.plan('kubectl_set', { ...target, image: 'nginx:1.29' })
    await demo.run('kubectl_set', set)
    const undo = await demo.plan('kubectl_rollout', { ...target, action: 'undo' })
    expect(undo.title.text).toMatch(/: revision 2 → 1$/)
    expect(changed(undo.objects[0]?.diff)).toEqual(
      changed(set.objects[0]?.diff)
        .map((line) => (line.startsWith('+') ? `-${line.slice(1)}` : `+${line.slice(1)}`))
        .reverse(),
    )
    expect(await demo.run('kubectl_rollout', undo)).toMatchObject({ status: 'done' })
  })
})

describe('creating', () => {
  const NEW = `${CONFIG_MAPS}/settings`
  const DEPLOY = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'made', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'made' } },
      template: { metadata: { labels: { app: 'made' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } },
    },
  }

  it.each(['kubectl_create', 'kubectl_apply'])('%s makes a ConfigMap, and not a second one', async (tool) => {
    const plan = await demo.plan(tool, configMap('settings', { A: '1' }))
    expect(plan.objects).toMatchObject([{ verb: 'create', name: 'settings' }])
    expect(plan.objects[0]).not.toHaveProperty('uid')
    expect(changed(plan.objects[0]?.diff)).toContain('+  A: "1"')
    expect(await read(NEW)).toMatchObject({ code: 404 })
    expect(await demo.run(tool, plan)).toMatchObject({ status: 'done', objects: [{ state: 'created' }] })
    expect(await read(NEW)).toMatchObject({ data: { A: '1' } })
    const again = await demo.run(tool, plan)
    expect(again.status).toBe(tool === 'kubectl_create' ? 'refused' : 'changed')
  })

  it.each(['kubectl_create', 'kubectl_apply'])('%s makes a Deployment with its pods', async (tool) => {
    const plan = await demo.plan(tool, { manifest: JSON.stringify(DEPLOY) })
    const outcome = await demo.run(tool, plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'created' }] })
    expect(outcome.objects[0]?.notes.map(({ text }) => text)).toEqual(['2 of 2 replicas are ready'])
  })

  it('assigns what the cluster chooses for a Service', async () => {
    const spec = { selector: { app: 'web' }, type: 'NodePort', ports: [{ port: 80 }] }
    const manifest = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'shop' },
      spec,
    })
    const plan = await demo.plan('kubectl_create', { manifest })
    expect(plan.objects[0]?.assigned).toEqual(expect.arrayContaining(['spec.clusterIP', 'spec.ports[0].nodePort']))
    expect(await demo.run('kubectl_create', plan)).toMatchObject({ status: 'done' })
  })

  it('makes a Job, whose pod runs and ends', async () => {
    const template = {
      spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox:1', command: ['true'] }] },
    }
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'once', namespace: 'shop' },
      spec: { template },
    }
    const plan = await demo.plan('kubectl_create', { manifest: stringify(job) })
    expect(plan.objects[0]?.assigned).toContain('spec.selector.matchLabels[batch.kubernetes.io/controller-uid]')
    const outcome = await demo.run('kubectl_create', plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'created' }] })
    expect(outcome.objects[0]?.notes.map(({ text }) => text)).toEqual(['1 of 1 pods are ready'])
    const path = '/apis/batch/v1/namespaces/shop/jobs/once'
    await expect
      .poll(() => read(path), { timeout: 10_000 })
      .toMatchObject({ status: { succeeded: 1, conditions: [{}, { type: 'Complete' }] } })
    const pods = JSON.stringify(await read('/api/v1/namespaces/shop/pods?labelSelector=job-name%3Donce'))
    expect(pods).toContain('"phase":"Succeeded"')
    const always = { ...job, spec: { template: { spec: { containers: template.spec.containers } } } }
    expect(
      await demo.refusal('kubectl_create', {
        manifest: stringify({ ...always, metadata: { name: 'two', namespace: 'shop' } }),
      }),
    ).toMatch(/restartPolicy/)
    const other = { spec: { template: { spec: { containers: [{ name: 'c', image: 'busybox:2' }] } } } }
    expect(
      await demo.refusal('kubectl_patch', { resource: 'job', name: 'once', namespace: 'shop', patch: other }),
    ).toMatch(/^The pod template of a Job cannot be changed/)
    const gone = await demo.run(
      'kubectl_delete',
      await demo.plan('kubectl_delete', { resource: 'job', name: 'once', namespace: 'shop' }),
    )
    expect(gone).toMatchObject({ status: 'done', objects: [{ state: 'deleted' }] })
  })

  it('assigns a generated name', async () => {
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: run-, namespace: shop}\ndata: {a: b}\n'
    const plan = await demo.plan('kubectl_create', { manifest })
    expect(plan.objects[0]?.assigned).toEqual(['metadata.name'])
    const outcome = await demo.run('kubectl_create', plan)
    expect(outcome.objects[0]).toMatchObject({ state: 'created', name: expect.stringMatching(/^run-\w{5}$/) })
  })

  it('makes a namespace, fills it, and deletes it with all that is in it', async () => {
    const manifest = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: lab}\n'
    expect(await demo.run('kubectl_apply', await demo.plan('kubectl_apply', { manifest }))).toMatchObject({
      status: 'done',
    })
    const inside = { manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n', namespace: 'lab' }
    expect(await demo.run('kubectl_create', await demo.plan('kubectl_create', inside))).toMatchObject({
      status: 'done',
    })
    const gone = await demo.plan('kubectl_delete', { resource: 'namespace', name: 'lab' })
    expect(gone.confirm).toBe('lab')
    expect(await demo.run('kubectl_delete', gone)).toMatchObject({ status: 'done', objects: [{ state: 'deleted' }] })
    expect(await read('/api/v1/namespaces/lab')).toMatchObject({ code: 404 })
  })
})

describe('kubectl_apply', () => {
  const apply = async (...args: Parameters<typeof configMap>) => {
    const plan = await demo.plan('kubectl_apply', configMap(...args))
    return { plan, outcome: await demo.run('kubectl_apply', plan) }
  }

  it('removes what it applied before and is left out now, and keeps what others have set', async () => {
    await apply('settings', { A: '1', B: '2' }, { labels: { team: 'front' } })
    await send('PATCH', `${CONFIG_MAPS}/settings?fieldManager=controller`, { data: { C: '3' } })
    const { plan, outcome } = await apply('settings', { A: '1' })
    expect(changed(plan.objects[0]?.diff)).toEqual(['-  labels:', '-    team: front', '-  B: "2"'])
    expect(plan.objects[0]?.notes.map(({ code, params }) => [code, params.manager, params.fields])).toEqual([
      ['fields-kept', 'controller', 'data.C'],
    ])
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(await read(`${CONFIG_MAPS}/settings`)).toMatchObject({ data: { A: '1', C: '3' } })
  })

  it('says whose fields it takes over', async () => {
    const { manifest } = configMap('settings', { A: '1' })
    const path = `${CONFIG_MAPS}/settings?fieldManager=argocd-controller`
    const init = { method: 'PATCH', body: manifest, headers: { 'content-type': 'application/apply-patch+yaml' } }
    expect((await fetch(demo.url + path, init)).status).toBe(201)
    const { plan } = await apply('settings', { A: '2' })
    expect(plan.objects[0]?.notes).toMatchObject([{ code: 'fields-taken-conflict', params: { fields: 'data.A' } }])
    expect(await (await fetch(demo.url + path, init)).json()).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "k8s-ai-assistant" using v1: .data.A',
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.A' }] },
    })
  })
})

describe('deleting', () => {
  it.each([
    ['deployment', 'web', 'shop', DEPLOYMENT],
    ['configmap', 'web-config', 'shop', `${CONFIG_MAPS}/web-config`],
    ['service', 'web', 'shop', '/api/v1/namespaces/shop/services/web'],
    ['statefulset', 'ledger', 'payments', '/apis/apps/v1/namespaces/payments/statefulsets/ledger'],
  ])('deletes a %s, once', async (resource, name, namespace, path) => {
    const plan = await demo.plan('kubectl_delete', { resource, name, namespace })
    expect(plan.objects[0]).toMatchObject({ verb: 'delete', uid: expect.any(String) })
    expect(await read(path)).not.toHaveProperty('code')
    const outcome = await demo.run('kubectl_delete', plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'deleted' }] })
    expect(await read(path)).toMatchObject({ code: 404 })
    expect(await demo.run('kubectl_delete', plan)).toMatchObject({ status: 'refused' })
  })

  it('deletes several, each with its own state', async () => {
    const plan = await demo.plan('kubectl_delete', { resource: 'service', name: ['web', 'cart'], namespace: 'shop' })
    expect(plan.confirm).toBe('shop')
    const outcome = await demo.run('kubectl_delete', plan)
    expect(outcome.objects.map(({ name, state }) => [name, state])).toEqual([
      ['web', 'deleted'],
      ['cart', 'deleted'],
    ])
  })

  it('does not delete another object of the same name', async () => {
    const plan = await demo.plan('kubectl_delete', { resource: 'configmap', name: 'web-config', namespace: 'shop' })
    await send('DELETE', `${CONFIG_MAPS}/web-config`, {}, 'application/json')
    await send('POST', CONFIG_MAPS, { metadata: { name: 'web-config' } }, 'application/json')
    expect(await demo.run('kubectl_delete', plan)).toMatchObject({ status: 'changed' })
    expect(await read(`${CONFIG_MAPS}/web-config`)).toMatchObject({ kind: 'ConfigMap' })
  })

  it('says what an object waits for, which then goes with its finalizer', async () => {
    const path = `${CONFIG_MAPS}/web-config`
    await send('PATCH', path, { metadata: { finalizers: ['example.com/backup'] } })
    const plan = await demo.plan('kubectl_delete', { resource: 'configmap', name: 'web-config', namespace: 'shop' })
    const outcome = await demo.run('kubectl_delete', plan)
    expect(outcome.objects[0]).toMatchObject({
      state: 'terminating',
      notes: [{ code: 'waits-for-finalizers', params: { finalizers: 'example.com/backup' } }],
    })
    expect(await read(path)).toHaveProperty('metadata.deletionTimestamp')
    await send('PATCH', path, { metadata: { finalizers: null } })
    expect(await read(path)).toMatchObject({ code: 404 })
  })
})

describe('kubectl_drain', () => {
  it('cordons the node and moves its pods, but for those of DaemonSets and of the node itself', async () => {
    const plan = await demo.plan('kubectl_drain', { name: 'demo-worker-1' })
    expect(plan.confirm).toBe('demo-worker-1')
    expect(plan.notes.map(({ code }) => code)).toContain('drain-keeps-daemons')
    expect(plan.objects[0]).toMatchObject({ verb: 'update', kind: 'Node' })
    const evicted = plan.objects.filter(({ verb }) => verb === 'evict')
    expect(evicted.length).toBeGreaterThan(0)
    const outcome = await demo.run('kubectl_drain', plan)
    expect(outcome, JSON.stringify(outcome.objects)).toMatchObject({ status: 'done' })
    expect(new Set(outcome.objects.map(({ state }) => state))).toEqual(new Set(['updated', 'deleted']))
    const left = JSON.stringify(await read('/api/v1/pods?fieldSelector=spec.nodeName%3Ddemo-worker-1'))
    for (const { name } of evicted.filter((each) => each.name !== 'ledger-0')) expect(left).not.toContain(name)
  })
})

describe('what cannot be', () => {
  const OTHER = { matchLabels: { app: 'x' } }

  it.each([
    ['kubectl_scale', { ...WEB, name: 'wep', replicas: 2 }, /There is no Deployment wep/],
    [
      'kubectl_scale',
      { resource: 'configmap', name: 'web-config', namespace: 'shop', replicas: 2 },
      /cannot be scaled/,
    ],
    ['kubectl_patch', { ...WEB, patch: { spec: { replicas: -1 } } }, /spec\.replicas.*greater than or equal to 0/],
    [
      'kubectl_patch',
      { ...WEB, patch: { spec: { selector: OTHER, template: { metadata: { labels: OTHER.matchLabels } } } } },
      /^spec\.selector of a Deployment cannot be changed/,
    ],
    ['kubectl_patch', { ...WEB, patch: [{ op: 'test', path: '/spec/replicas', value: 9 }] }, /test in it failed/],
    ['kubectl_create', configMap('web-config', {}), /exists already/],
    [
      'kubectl_create',
      { manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: nowhere}\n' },
      /no namespace nowhere/,
    ],
    ['kubectl_delete', { resource: 'namespace', name: 'kube-system' }, /may not be deleted/],
  ])('%s %j', async (tool, args, words) => {
    expect(await demo.refusal(tool, args)).toMatch(words)
  })
})

it('removes the last label, and changes nothing if there was none', async () => {
  const args = (labels: string) => ({ resource: 'configmap', name: 'web-config', namespace: 'shop', labels })
  const none = await demo.plan('kubectl_label', args('team-'))
  expect(none.objects[0]?.diff).toBe('')
  expect(await demo.run('kubectl_label', none)).toMatchObject({ objects: [{ state: 'unchanged' }] })
  await demo.run('kubectl_label', await demo.plan('kubectl_label', args('team=front')))
  const removal = await demo.plan('kubectl_label', args('team-'))
  expect(changed(removal.objects[0]?.diff)).toEqual(['-  labels:', '-    team: front'])
})
