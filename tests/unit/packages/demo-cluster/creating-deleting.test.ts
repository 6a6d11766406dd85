/** Objects of the demo cluster that our own MCP server creates and deletes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { changed, configMap, CONFIG_MAPS, DEPLOYMENT, startDemoChanges, type DemoChanges } from './changes'

let demo: DemoChanges
beforeEach(async () => {
  demo = await startDemoChanges()
})
afterEach(() => demo.close())

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
    expect(await demo.read(NEW)).toMatchObject({ code: 404 })
    expect(await demo.run(tool, plan)).toMatchObject({ status: 'done', objects: [{ state: 'created' }] })
    expect(await demo.read(NEW)).toMatchObject({ data: { A: '1' } })
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
      .poll(() => demo.read(path), { timeout: 10_000 })
      .toMatchObject({ status: { succeeded: 1, conditions: [{}, { type: 'Complete' }] } })
    const pods = JSON.stringify(await demo.read('/api/v1/namespaces/shop/pods?labelSelector=job-name%3Donce'))
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
    expect(await demo.read('/api/v1/namespaces/lab')).toMatchObject({ code: 404 })
  })
})

describe('kubectl_apply', () => {
  const apply = async (...args: Parameters<typeof configMap>) => {
    const plan = await demo.plan('kubectl_apply', configMap(...args))
    return { plan, outcome: await demo.run('kubectl_apply', plan) }
  }

  it('removes what it applied before and is left out now, and keeps what others have set', async () => {
    await apply('settings', { A: '1', B: '2' }, { labels: { team: 'front' } })
    await demo.send('PATCH', `${CONFIG_MAPS}/settings?fieldManager=controller`, { data: { C: '3' } })
    const { plan, outcome } = await apply('settings', { A: '1' })
    expect(changed(plan.objects[0]?.diff)).toEqual(['-  labels:', '-    team: front', '-  B: "2"'])
    expect(plan.objects[0]?.notes.map(({ code, params }) => [code, params.owner, params.fields])).toEqual([
      ['fields-kept', 'controller', 'data.C'],
    ])
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(await demo.read(`${CONFIG_MAPS}/settings`)).toMatchObject({ data: { A: '1', C: '3' } })
  })

  it('says whose fields it takes over', async () => {
    const { manifest } = configMap('settings', { A: '1' })
    const path = `${CONFIG_MAPS}/settings?fieldManager=argocd-controller`
    const init = { method: 'PATCH', body: manifest, headers: { 'content-type': 'application/apply-patch+yaml' } }
    expect((await fetch(demo.url + path, init)).status).toBe(201)
    const { plan } = await apply('settings', { A: '2' })
    expect(plan.objects[0]?.notes).toMatchObject([
      { code: 'fields-taken-conflict', params: { taken: { params: { fields: 'data.A' } } } },
    ])
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
    expect(await demo.read(path)).not.toHaveProperty('code')
    const outcome = await demo.run('kubectl_delete', plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'deleted' }] })
    expect(await demo.read(path)).toMatchObject({ code: 404 })
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
    await demo.send('DELETE', `${CONFIG_MAPS}/web-config`, {}, 'application/json')
    await demo.send('POST', CONFIG_MAPS, { metadata: { name: 'web-config' } }, 'application/json')
    expect(await demo.run('kubectl_delete', plan)).toMatchObject({ status: 'changed' })
    expect(await demo.read(`${CONFIG_MAPS}/web-config`)).toMatchObject({ kind: 'ConfigMap' })
  })

  it('says what an object waits for, which then goes with its finalizer', async () => {
    const path = `${CONFIG_MAPS}/web-config`
    await demo.send('PATCH', path, { metadata: { finalizers: ['example.com/backup'] } })
    const plan = await demo.plan('kubectl_delete', { resource: 'configmap', name: 'web-config', namespace: 'shop' })
    const outcome = await demo.run('kubectl_delete', plan)
    expect(outcome.objects[0]).toMatchObject({
      state: 'terminating',
      notes: [{ code: 'waits-for-finalizers', params: { finalizers: 'example.com/backup' } }],
    })
    expect(await demo.read(path)).toHaveProperty('metadata.deletionTimestamp')
    await demo.send('PATCH', path, { metadata: { finalizers: null } })
    expect(await demo.read(path)).toMatchObject({ code: 404 })
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
    const left = JSON.stringify(await demo.read('/api/v1/pods?fieldSelector=spec.nodeName%3Ddemo-worker-1'))
    for (const { name } of evicted.filter((each) => each.name !== 'ledger-0')) expect(left).not.toContain(name)
  })
})
