/** Updates of the demo cluster by our own MCP server. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { changed, configMap, CONFIG_MAPS, DEPLOYMENT, startDemoChanges, WEB, type DemoChanges } from './changes'

let demo: DemoChanges
beforeEach(async () => {
  demo = await startDemoChanges()
})
afterEach(() => demo.close())

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
    const before = await demo.settled(path)
    const plan = await demo.plan(tool, args)
    expect(plan.objects.map(({ verb, diff }) => [verb, changed(diff)])).toEqual([['update', lines]])
    expect(await demo.settled(path)).toEqual(before)
    const outcome = await demo.run(tool, plan)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(await demo.read(path)).toMatchObject(after)
    const again = await demo.run(tool, plan)
    expect(again).toMatchObject({ status: 'changed', plan: { objects: [{ diff: '' }] } })
    expect(again.plan?.digest).not.toBe(plan.digest)
  })

  it('is planned again if somebody else changed what it changes', async () => {
    const plan = await demo.plan('kubectl_scale', { ...WEB, replicas: 5 })
    await demo.send('PATCH', DEPLOYMENT, { spec: { replicas: 4 } })
    const outcome = await demo.run('kubectl_scale', plan)
    expect(outcome).toMatchObject({ status: 'changed', objects: [{ state: 'not-tried' }] })
    expect(changed(outcome.plan?.objects[0]?.diff)).toEqual(['-  replicas: 4', '+  replicas: 5'])
    if (!outcome.plan) throw new Error('no new plan')
    expect(await demo.run('kubectl_scale', outcome.plan)).toMatchObject({ status: 'done' })
    expect(await demo.read(DEPLOYMENT)).toMatchObject({ spec: { replicas: 5 } })
  })

  it('is made if somebody else changed something else', async () => {
    const plan = await demo.plan('kubectl_scale', { ...WEB, replicas: 5 })
    await demo.send('PATCH', DEPLOYMENT, { metadata: { labels: { team: 'front' } } })
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
    const { items } = listSchema.parse(await demo.read('/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb'))
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

it('removes the last label, and changes nothing if there was none', async () => {
  const args = (labels: string) => ({ resource: 'configmap', name: 'web-config', namespace: 'shop', labels })
  const none = await demo.plan('kubectl_label', args('team-'))
  expect(none.objects[0]?.diff).toBe('')
  expect(await demo.run('kubectl_label', none)).toMatchObject({ objects: [{ state: 'unchanged' }] })
  await demo.run('kubectl_label', await demo.plan('kubectl_label', args('team=front')))
  const removal = await demo.plan('kubectl_label', args('team-'))
  expect(changed(removal.objects[0]?.diff)).toEqual(['-  labels:', '-    team: front'])
})
