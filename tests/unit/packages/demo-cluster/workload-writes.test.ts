import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeEach(async () => {
  cluster = await startTestCluster()
})
afterEach(() => cluster.close())

const APPS = '/apis/apps/v1/namespaces/shop'
const WEB = `${APPS}/deployments/web`
const PODS = '/api/v1/namespaces/shop/pods'
const MERGE = 'application/merge-patch+json'
const STRATEGIC = 'application/strategic-merge-patch+json'

/** `name ready status` of the pods whose name begins so. */
async function pods(prefix: string, path = PODS) {
  const { rows } = await cluster.table(path)
  return rows.map(({ cells }) => cells.slice(0, 3).join(' ')).filter((row) => row.startsWith(prefix))
}
const states = async (prefix: string, path = PODS) =>
  (await pods(prefix, path)).map((row) => row.replace(/^\S+ /, '')).sort()
const names = async (prefix: string) => (await pods(prefix)).map((row) => row.replace(/ .*/, ''))

function template(image: string, labels = { app: 'made' }) {
  return { metadata: { labels }, spec: { containers: [{ name: 'c', image }] } }
}

function deployment(name: string, replicas: number, image = 'nginx:1') {
  return {
    metadata: { name },
    spec: { replicas, selector: { matchLabels: { app: 'made' } }, template: template(image) },
  }
}

describe('scale', () => {
  it('is read, put and patched', async () => {
    const scale = await cluster.get(`${WEB}/scale`)
    expect(scale).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 3 },
      status: { replicas: 3, selector: 'app=web' },
    })
    const put = await cluster.write('PUT', `${WEB}/scale`, { ...scale, spec: { replicas: 5 } })
    expect(put).toMatchObject({ spec: { replicas: 5 } })
    expect(Number(put.metadata.resourceVersion)).toBeGreaterThan(Number(scale.metadata.resourceVersion))
    expect(await cluster.get(WEB)).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 5 } })
    const patched = await cluster.write('PATCH', `${WEB}/scale`, { spec: { replicas: 2 } }, MERGE)
    expect(patched).toMatchObject({ spec: { replicas: 2 } })
    expect(await cluster.row(`${APPS}/deployments`, 'web')).toMatchObject({ Ready: '2/2' })
  })

  it('makes pods that are created, then run, and takes the youngest away', async () => {
    const before = await names('web-')
    await cluster.write('PATCH', `${WEB}/scale`, { spec: { replicas: 5 } }, MERGE)
    expect(await states('web-')).toEqual([
      '0/1 ContainerCreating',
      '0/1 ContainerCreating',
      '1/1 Running',
      '1/1 Running',
      '1/1 Running',
    ])
    expect(await cluster.row(`${APPS}/deployments`, 'web')).toMatchObject({ Ready: '3/5', Available: 3 })
    cluster.setSeconds(2)
    expect(await states('web-')).toEqual(Array(5).fill('1/1 Running'))
    expect(await cluster.row(`${APPS}/deployments`, 'web')).toMatchObject({ Ready: '5/5', Available: 5 })
    expect(await cluster.row(`${APPS}/replicasets`, 'web-wkmm8tk5p9')).toMatchObject({
      Desired: 5,
      Current: 5,
      Ready: 5,
    })
    await cluster.write('PATCH', `${WEB}/scale`, { spec: { replicas: 3 } }, MERGE)
    expect(await names('web-')).toEqual(before)
  })

  it('tells of it in an event', async () => {
    await cluster.write('PATCH', `${WEB}/scale`, { spec: { replicas: 4 } }, MERGE)
    const { rows } = await cluster.table('/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3Dweb')
    expect(rows.flatMap(({ cells }) => cells)).toContain('Scaled up replica set web-wkmm8tk5p9 from 3 to 4')
  })

  it('numbers the pods of a StatefulSet', async () => {
    const ledger = '/apis/apps/v1/namespaces/payments/statefulsets/ledger/scale'
    await cluster.write('PATCH', ledger, { spec: { replicas: 4 } }, MERGE)
    const all = () => cluster.names('/api/v1/namespaces/payments/pods?labelSelector=app%3Dledger')
    expect(await all()).toEqual([0, 1, 2, 3].map((number) => `payments/ledger-${number}`))
    expect(await cluster.names('/api/v1/namespaces/payments/persistentvolumeclaims')).toHaveLength(4)
    await cluster.write('PATCH', ledger, { spec: { replicas: 1 } }, MERGE)
    expect(await all()).toEqual(['payments/ledger-0'])
  })

  it('lets a crashing workload crash in its new pods too', async () => {
    await cluster.write('PATCH', `${APPS}/deployments/cart/scale`, { spec: { replicas: 3 } }, MERGE)
    cluster.setSeconds(3)
    expect(await states('cart-')).toContain('1/1 Running')
    cluster.setSeconds(30)
    expect(await states('cart-')).toEqual(Array(3).fill('0/1 CrashLoopBackOff'))
  })

  it('refuses an invalid number of pods, an outdated version, and the fields that a Deployment keeps', async () => {
    const patch = (replicas: unknown) => ({ method: 'PATCH', ...bodyOf({ spec: { replicas } }, MERGE) })
    for (const replicas of [-1, 1.5, 'five', 2 ** 40]) {
      const status = await cluster.refusal(`${WEB}/scale`, patch(replicas))
      expect(status).toMatchObject({ code: 422, reason: 'Invalid' })
      expect(status.message).toContain(`spec.replicas: Invalid value: ${JSON.stringify(replicas)}`)
    }
    const scale = await cluster.get(`${WEB}/scale`)
    await cluster.write('PATCH', WEB, { metadata: { labels: { a: 'b' } } }, MERGE)
    expect(await cluster.refusal(`${WEB}/scale`, { method: 'PUT', ...bodyOf(scale) })).toMatchObject({ code: 409 })
    expect(await cluster.refusal(`${APPS}/replicasets/web-wkmm8tk5p9/scale`, patch(1))).toMatchObject({ code: 403 })
    expect(await cluster.refusal('/api/v1/namespaces/shop/configmaps/web-config/scale', patch(1))).toMatchObject({
      code: 404,
    })
  })

  it('stays healthy if more pods are requested than two nodes can run', async () => {
    await cluster.write('PATCH', `${WEB}/scale`, { spec: { replicas: 2_000_000_000 } }, MERGE)
    expect((await names('web-')).length).toBe(200)
    expect(await cluster.row(`${APPS}/deployments`, 'web')).toMatchObject({ Ready: '3/2000000000' })
  })

  it('changes nothing in a dry run', async () => {
    const answer = await cluster.write('PATCH', `${WEB}/scale?dryRun=All`, { spec: { replicas: 9 } }, MERGE)
    expect(answer).toMatchObject({ spec: { replicas: 9 }, status: { replicas: 3 } })
    expect(await cluster.get(WEB)).toMatchObject({ metadata: { generation: 1 }, spec: { replicas: 3 } })
    expect(await names('web-')).toHaveLength(3)
  })
})

describe('a new template', () => {
  const restart = { 'kubectl.kubernetes.io/restartedAt': '2026-11-22T08:00:00Z' }

  it('brings a new ReplicaSet, and the old pods go when its own are ready', async () => {
    const before = await names('web-')
    await cluster.write('PATCH', WEB, { spec: { template: { metadata: { annotations: restart } } } }, STRATEGIC)
    expect(await states('web-')).toHaveLength(6)
    cluster.setSeconds(4)
    const after = await names('web-')
    expect(after).toHaveLength(3)
    expect(after.filter((name) => before.includes(name))).toEqual([])
    expect((await cluster.get(`${PODS}/${after[0]}`)).metadata.annotations).toEqual(restart)
    expect((await cluster.get(WEB)).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '2' })
    const { items } = await cluster.list(`${APPS}/replicasets?labelSelector=app%3Dweb`)
    expect(items).toHaveLength(2)
  })

  it('goes back to the ReplicaSet that had the template before', async () => {
    const { spec } = await cluster.get(WEB)
    await cluster.write('PATCH', WEB, { spec: { template: { metadata: { annotations: restart } } } }, STRATEGIC)
    await cluster.write('PATCH', WEB, [{ op: 'replace', path: '/spec', value: spec }], 'application/json-patch+json')
    cluster.setSeconds(4)
    expect(await cluster.row(`${APPS}/replicasets`, 'web-wkmm8tk5p9')).toMatchObject({ Desired: 3, Ready: 3 })
    expect((await cluster.get(WEB)).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '3' })
  })

  it('mends a pod whose image was missing by one that is there, and breaks another by one that is not', async () => {
    const image = (container: string, name: string) => ({
      spec: { template: { spec: { containers: [{ name: container, image: name }] } } },
    })
    const api = '/apis/apps/v1/namespaces/payments/deployments/api'
    await cluster.write('PATCH', api, image('api', 'registry.example.com/payments/api:1.9.0'), STRATEGIC)
    await cluster.write('PATCH', WEB, image('nginx', 'nginx:missing'), STRATEGIC)
    cluster.setSeconds(4)
    expect(await states('api-', '/api/v1/namespaces/payments/pods')).toEqual(['1/1 Running', '1/1 Running'])
    expect(await states('web-')).toEqual(Array(3).fill('0/1 ImagePullBackOff'))
  })

  it('restarts StatefulSets and DaemonSets, each pod in its place', async () => {
    const patch = { spec: { template: { metadata: { annotations: restart } } } }
    await cluster.write('PATCH', '/apis/apps/v1/namespaces/payments/statefulsets/ledger', patch, STRATEGIC)
    await cluster.write('PATCH', '/apis/apps/v1/namespaces/monitoring/daemonsets/node-exporter', patch, STRATEGIC)
    expect(await states('ledger-', '/api/v1/namespaces/payments/pods')).toContain('0/1 ContainerCreating')
    cluster.setSeconds(3)
    expect(await pods('ledger-', '/api/v1/namespaces/payments/pods')).toEqual(
      expect.arrayContaining(['ledger-0 1/1 Running', 'ledger-1 1/1 Running']),
    )
    const nodes = await cluster.names('/api/v1/namespaces/monitoring/pods?fieldSelector=spec.nodeName%3Ddemo-worker-2')
    expect(nodes.filter((name) => name.includes('node-exporter'))).toHaveLength(1)
  })
})

describe('deleting', () => {
  it('brings another pod in place of one that a controller made', async () => {
    const [first = ''] = await names('web-')
    expect(await cluster.write('DELETE', `${PODS}/${first}`)).toMatchObject({ kind: 'Pod', metadata: { name: first } })
    const after = await names('web-')
    expect(after).toHaveLength(3)
    expect(after).not.toContain(first)
    expect((await cluster.refusal(`${PODS}/${first}`)).code).toBe(404)
  })

  it('brings the pod of a StatefulSet back under its name, as another', async () => {
    const path = '/api/v1/namespaces/payments/pods/ledger-0'
    const { metadata } = await cluster.get(path)
    await cluster.write('DELETE', path)
    const again = await cluster.get(path)
    expect(again.metadata.uid).not.toBe(metadata.uid)
    expect(again).toMatchObject({ status: { phase: 'Pending' } })
  })

  it('removes the pods with their Deployment, and the endpoints with their Service', async () => {
    await cluster.write('DELETE', WEB)
    expect(await names('web-')).toEqual([])
    expect(await cluster.names(`${APPS}/replicasets?labelSelector=app%3Dweb`)).toEqual([])
    expect(await cluster.row('/api/v1/namespaces/shop/endpoints', 'web')).toMatchObject({ Endpoints: '<none>' })
    await cluster.write('DELETE', '/api/v1/namespaces/shop/services/web')
    expect((await cluster.refusal('/api/v1/namespaces/shop/endpoints/web')).code).toBe(404)
  })

  it('makes a Deployment recreate its ReplicaSet', async () => {
    const before = await names('web-')
    await cluster.write('DELETE', `${APPS}/replicasets/web-wkmm8tk5p9`)
    const after = await names('web-')
    expect(after).toHaveLength(3)
    expect(after.filter((name) => before.includes(name))).toEqual([])
  })

  it('removes a Job with its pod, and its pod alone for good', async () => {
    const path = '/api/v1/namespaces/payments/pods?labelSelector=job-name%3Dledger-migrate'
    const [pod = ''] = await cluster.names(path)
    await cluster.write('DELETE', `/api/v1/namespaces/payments/pods/${pod.split('/')[1]}`)
    expect(await cluster.names(path)).toEqual([])
    await cluster.write('DELETE', '/apis/batch/v1/namespaces/payments/jobs/ledger-migrate')
    expect(await cluster.names('/apis/batch/v1/jobs')).toEqual([])
  })

  it('evicts like it deletes, and puts new pods on nodes that are not cordoned', async () => {
    const node = '/api/v1/nodes/demo-worker-2'
    await cluster.write('PATCH', node, { spec: { unschedulable: true } }, STRATEGIC)
    expect(await cluster.row('/api/v1/nodes', 'demo-worker-2')).toMatchObject({ Status: 'Ready,SchedulingDisabled' })
    const there = `${PODS}?fieldSelector=spec.nodeName%3Ddemo-worker-2`
    const [one = ''] = await cluster.names(there)
    await cluster.write('POST', `${PODS}/${one.split('/')[1]}/eviction`, { deleteOptions: { dryRun: ['All'] } })
    expect(await cluster.names(there)).toContain(one)
    for (const name of await cluster.names(there)) {
      await cluster.write('POST', `${PODS}/${name.split('/')[1]}/eviction`, { metadata: { name: name.split('/')[1] } })
    }
    expect(await cluster.names(there)).toEqual([])
    expect(await cluster.names(PODS)).toHaveLength(6)
  })
})

describe('made by a client', () => {
  it('runs a Deployment with its ReplicaSet, pods, logs and events', async () => {
    await cluster.write('POST', `${APPS}/deployments`, deployment('made', 2))
    expect(await states('made-')).toEqual(['0/1 ContainerCreating', '0/1 ContainerCreating'])
    cluster.setSeconds(3)
    expect(await cluster.row(`${APPS}/deployments`, 'made')).toMatchObject({ Ready: '2/2', 'Up-to-date': 2, Age: '3s' })
    const [first = ''] = await names('made-')
    expect(await cluster.text(`${PODS}/${first}/log`)).toMatch(/INFO {2}started\n$/)
    const events = await cluster.table(`/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3D${first}`)
    expect(events.rows.map(({ cells }) => cells[2])).toEqual(
      expect.arrayContaining(['Scheduled', 'Pulled', 'Created', 'Started']),
    )
  })

  it('has no Deployment of the tables under a name that was deleted and made again', async () => {
    await cluster.write('DELETE', WEB)
    await cluster.write('POST', `${APPS}/deployments`, deployment('web', 1))
    cluster.setSeconds(3)
    expect(await states('web-')).toEqual(['1/1 Running'])
    expect(await cluster.row(`${APPS}/deployments`, 'web')).toMatchObject({ Ready: '1/1', Images: 'nginx:1' })
  })

  it.each([
    ['replicasets', 'made-'],
    ['statefulsets', 'made-'],
    ['daemonsets', 'made-'],
  ])('runs %s', async (plural, prefix) => {
    const { metadata, spec } = deployment('made', 2)
    await cluster.write('POST', `${APPS}/${plural}`, { metadata, spec })
    cluster.setSeconds(3)
    expect(await states(prefix)).toEqual(['1/1 Running', '1/1 Running'])
    await cluster.write('DELETE', `${APPS}/${plural}/made`)
    expect(await states(prefix)).toEqual([])
  })

  it('runs a pod without a controller, which does not come back', async () => {
    const pod = { metadata: { name: 'alone' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
    expect(await cluster.write('POST', PODS, pod)).toMatchObject({
      spec: { containers: [{ imagePullPolicy: 'Always' }] },
      status: { phase: 'Pending' },
    })
    cluster.setSeconds(3)
    expect(await states('alone')).toEqual(['1/1 Running'])
    await cluster.write('PATCH', `${PODS}/alone`, { metadata: { labels: { a: 'b' } } }, MERGE)
    expect((await cluster.get(`${PODS}/alone`)).metadata.labels).toEqual({ a: 'b' })
    await cluster.write('DELETE', `${PODS}/alone`)
    expect(await states('alone')).toEqual([])
  })

  it('lets labels and annotations of a controller’s pod be written, and nothing else', async () => {
    const [first = ''] = await names('web-')
    await cluster.write('PATCH', `${PODS}/${first}`, { metadata: { annotations: { note: 'hi' } } }, MERGE)
    expect((await cluster.get(`${PODS}/${first}`)).metadata.annotations).toEqual({ note: 'hi' })
    const patch = { method: 'PATCH', ...bodyOf({ spec: { priority: 7 } }, MERGE) }
    expect(await cluster.refusal(`${PODS}/${first}`, patch)).toMatchObject({ code: 422 })
  })

  it('refuses what no controller could work with, and says which field', async () => {
    const make = (spec: object) =>
      cluster.refusal(`${APPS}/deployments`, { method: 'POST', ...bodyOf({ metadata: { name: 'x' }, spec }) })
    expect((await make({})).message).toBe(
      'Deployment.apps "x" is invalid: [spec.selector: Required value, spec.template: Required value]',
    )
    const { spec } = deployment('x', 1)
    expect((await make({ ...spec, replicas: -1 })).message).toContain(
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    )
    expect((await make({ ...spec, template: template('nginx', { app: 'other' }) })).message).toContain(
      '`selector` does not match template `labels`',
    )
    const other = { spec: { selector: { matchLabels: { app: 'x' } }, template: template('nginx', { app: 'x' }) } }
    expect(await cluster.refusal(WEB, { method: 'PATCH', ...bodyOf(other, MERGE) })).toMatchObject({
      code: 422,
      message: expect.stringContaining('spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable'),
    })
  })
})
