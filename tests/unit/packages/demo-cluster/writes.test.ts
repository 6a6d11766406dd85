import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, startTestCluster, type TestCluster, type Written } from './client'

let cluster: TestCluster
beforeEach(async () => {
  cluster = await startTestCluster()
})
afterEach(() => cluster.close())

const SHOP = '/api/v1/namespaces/shop'
const CONFIG_MAP = `${SHOP}/configmaps/web-config`
const MERGE = 'application/merge-patch+json'
const APPLY = 'application/apply-patch+yaml'

const apply = (path: string, object: object, manager = 'test', query = '') =>
  cluster.write('PATCH', `${path}?fieldManager=${manager}&force=true${query}`, object, APPLY)

function configMap(name: string, data: Record<string, string>, metadata: object = {}) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...metadata }, data }
}

const versionOf = ({ metadata }: Written) => Number(metadata.resourceVersion)

describe('creating', () => {
  it('gives the object its metadata, and refuses a second one of its name', async () => {
    const made = await cluster.write('POST', `${SHOP}/configmaps`, configMap('new', { a: 'b' }))
    expect(made).toMatchObject({
      data: { a: 'b' },
      metadata: { name: 'new', creationTimestamp: '2026-11-22T08:00:00Z' },
    })
    expect(await cluster.get(`${SHOP}/configmaps/new`)).toEqual(made)
    expect(
      await cluster.refusal(`${SHOP}/configmaps`, { method: 'POST', ...bodyOf(configMap('new', {})) }),
    ).toMatchObject({ code: 409, reason: 'AlreadyExists', message: 'configmaps "new" already exists' })
  })

  it('makes a name of generateName, each time another', async () => {
    const body = { metadata: { generateName: 'job-' } }
    const names = [
      await cluster.write('POST', `${SHOP}/configmaps`, body),
      await cluster.write('POST', `${SHOP}/configmaps`, body),
    ].map(({ metadata }) => metadata.name)
    expect(names[0]).toMatch(/^job-[a-z0-9]{5}$/)
    expect(new Set(names).size).toBe(2)
  })

  it('accepts YAML, and stores kinds without initial objects unchanged', async () => {
    const body = 'metadata: {name: deny}\nspec:\n  podSelector: {}\n'
    const path = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies'
    expect(await cluster.write('POST', path, body, 'application/yaml')).toMatchObject({ spec: { podSelector: {} } })
    expect(await cluster.names(path)).toEqual(['shop/deny'])
  })

  it('keeps a Secret in base64, also what comes in the clear', async () => {
    const body = { metadata: { name: 's' }, stringData: { a: 'demo' }, data: { b: 'ZGVtbw==' } }
    expect(await cluster.write('POST', `${SHOP}/secrets`, body)).toMatchObject({
      type: 'Opaque',
      data: { a: 'ZGVtbw==', b: 'ZGVtbw==' },
    })
    expect(await cluster.row(`${SHOP}/secrets`, 's')).toMatchObject({ Type: 'Opaque', Data: 2 })
  })

  it('gives a namespace its service account and its root certificate, a second one of the name too', async () => {
    // As Helm sends it.
    const body = { metadata: { name: 'lab' }, spec: {}, status: {} }
    const make = () => cluster.write('POST', '/api/v1/namespaces', body)
    await make()
    expect(await cluster.names('/api/v1/namespaces/lab/serviceaccounts')).toEqual(['lab/default'])
    await cluster.write('DELETE', '/api/v1/namespaces/lab')
    expect(await cluster.names('/api/v1/namespaces/lab/configmaps')).toEqual([])
    await make()
    expect(await cluster.names('/api/v1/namespaces/lab/configmaps')).toEqual(['lab/kube-root-ca.crt'])
  })

  it('gives a Service an address, and endpoints as its selector says', async () => {
    const spec = { selector: { app: 'redis' }, ports: [{ port: 6379 }], type: 'LoadBalancer' }
    await cluster.write('POST', `${SHOP}/services`, { metadata: { name: 'cache' }, spec })
    expect(await cluster.row(`${SHOP}/services`, 'cache')).toMatchObject({
      'Cluster-IP': expect.stringMatching(/^10\.96\./),
      'External-IP': expect.stringMatching(/^203\.0\.113\./),
      'Port(s)': expect.stringMatching(/^6379:\d+\/TCP$/),
    })
    expect(await cluster.row(`${SHOP}/endpoints`, 'cache')).toMatchObject({
      Endpoints: expect.stringMatching(/^10\.244\.2\.\d+:6379$/),
    })
  })
})

describe('changing', () => {
  it('raises the resource version with each write, and of an object with a desired state the generation', async () => {
    const before = await cluster.get('/apis/apps/v1/namespaces/shop/deployments/web')
    const labelled = await cluster.write(
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/web',
      { metadata: { labels: { team: 'front' } } },
      MERGE,
    )
    expect(labelled.metadata).toMatchObject({ generation: 1, labels: { app: 'web', team: 'front' } })
    expect(versionOf(labelled)).toBeGreaterThan(versionOf(before))
    const scaled = await cluster.write(
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/web',
      { spec: { replicas: 4 } },
      MERGE,
    )
    expect(scaled.metadata.generation).toBe(2)
    expect(versionOf(scaled)).toBeGreaterThan(versionOf(labelled))
    expect(scaled.metadata.uid).toBe(before.metadata.uid)
    const list = await cluster.list(SHOP.replace('/api/v1', '/apis/apps/v1') + '/deployments')
    expect(Number(list.metadata.resourceVersion)).toBeGreaterThanOrEqual(versionOf(scaled))
  })

  it('leaves an object that a write does not change as it was', async () => {
    const before = await cluster.get(CONFIG_MAP)
    expect(await cluster.write('PUT', CONFIG_MAP, before)).toEqual(before)
    expect(await cluster.write('PATCH', CONFIG_MAP, { data: { THEME: 'autumn' } }, MERGE)).toEqual(before)
  })

  it.each([
    '/api/v1/namespaces',
    '/api/v1/nodes',
    '/api/v1/configmaps',
    '/api/v1/secrets',
    '/api/v1/serviceaccounts',
    '/api/v1/services',
    '/api/v1/pods',
    '/api/v1/persistentvolumeclaims',
    '/apis/apps/v1/deployments',
    '/apis/apps/v1/statefulsets',
    '/apis/apps/v1/daemonsets',
    '/apis/batch/v1/cronjobs',
    '/apis/batch/v1/jobs',
    '/apis/networking.k8s.io/v1/ingresses',
    '/apis/storage.k8s.io/v1/storageclasses',
  ])('takes each of %s back as it gave it', async (path) => {
    const { items } = await cluster.list(path)
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      const { namespace, name } = item.metadata
      const one = namespace ? path.replace(/\/([^/]+)$/, `/namespaces/${namespace}/$1/${name}`) : `${path}/${name}`
      expect(await cluster.write('PUT', one, item)).toMatchObject(item)
    }
    expect((await cluster.list(path)).items).toEqual(items)
  })

  it("refuses an outdated version with the API server's message", async () => {
    const before = await cluster.get(CONFIG_MAP)
    await cluster.write('PATCH', CONFIG_MAP, { data: { THEME: 'winter' } }, MERGE)
    const message =
      'Operation cannot be fulfilled on configmaps "web-config": the object has been modified; please apply your changes to the latest version and try again'
    const stale = { code: 409, reason: 'Conflict', message, details: { name: 'web-config', kind: 'configmaps' } }
    const put = await cluster.refusal(CONFIG_MAP, { method: 'PUT', ...bodyOf(before) })
    expect(put).toMatchObject(stale)
    const { resourceVersion } = before.metadata
    const applied = configMap('web-config', { THEME: 'spring' }, { resourceVersion })
    const patch = { method: 'PATCH', ...bodyOf(applied, APPLY) }
    expect(await cluster.refusal(`${CONFIG_MAP}?fieldManager=test&force=true`, patch)).toMatchObject(stale)
    expect(await cluster.get(CONFIG_MAP)).toMatchObject({ data: { THEME: 'winter' } })
  })

  it('changes nothing in a dry run, and says what would come of it', async () => {
    const before = await cluster.get(CONFIG_MAP)
    const path = `${CONFIG_MAP}?dryRun=All`
    expect(await cluster.write('PATCH', path, { data: { THEME: 'dry' } }, MERGE)).toMatchObject({
      data: { THEME: 'dry' },
    })
    expect(await apply(CONFIG_MAP, configMap('web-config', { THEME: 'dry' }), 'test', '&dryRun=All')).toMatchObject({
      data: { THEME: 'dry', PAGE_SIZE: '24' },
    })
    const create = await cluster.write('POST', `${SHOP}/configmaps?dryRun=All`, configMap('dry', {}))
    expect(create.metadata.name).toBe('dry')
    await cluster.write('DELETE', path)
    await cluster.write('DELETE', CONFIG_MAP, { dryRun: ['All'] })
    await cluster.write('DELETE', '/api/v1/namespaces/shop?dryRun=All')
    expect(await cluster.get(CONFIG_MAP)).toEqual(before)
    expect(await cluster.names(`${SHOP}/configmaps`)).toEqual(['shop/kube-root-ca.crt', 'shop/web-config'])
  })

  it.each([
    ['application/json-patch+json', [{ op: 'replace', path: '/data/THEME', value: 'winter' }]],
    [MERGE, { data: { THEME: 'winter' } }],
    ['application/strategic-merge-patch+json', { data: { THEME: 'winter' } }],
  ])('takes a patch of %s', async (type, patch) => {
    expect(await cluster.write('PATCH', CONFIG_MAP, patch, type)).toMatchObject({
      data: { THEME: 'winter', PAGE_SIZE: '24' },
    })
  })
})

describe('server-side apply', () => {
  it('creates, changes, and takes back what the manager no longer names', async () => {
    const path = `${SHOP}/configmaps/applied`
    await apply(path, configMap('applied', { a: '1', b: '2' }, { labels: { x: 'y' } }))
    await cluster.write('PATCH', path, { data: { other: '3' } }, MERGE)
    const object = await apply(path, configMap('applied', { a: '4' }))
    expect(object).toMatchObject({ data: { a: '4', other: '3' } })
    expect(object).not.toHaveProperty('data.b')
    expect(object.metadata).not.toHaveProperty('labels')
  })

  it('leaves what another manager applied', async () => {
    const path = `${SHOP}/configmaps/applied`
    await apply(path, configMap('applied', { a: '1' }), 'one')
    await apply(path, configMap('applied', { b: '2' }), 'two')
    expect(await apply(path, configMap('applied', { a: '3' }), 'one')).toMatchObject({ data: { a: '3', b: '2' } })
  })

  it('wants to know the manager', async () => {
    const patch = { method: 'PATCH', ...bodyOf(configMap('x', {}), APPLY) }
    expect(await cluster.refusal(`${SHOP}/configmaps/x`, patch)).toMatchObject({ code: 400 })
  })

  it('makes no object of a resource version that never was', async () => {
    const patch = { method: 'PATCH', ...bodyOf(configMap('x', {}, { resourceVersion: '1' }), APPLY) }
    expect(await cluster.refusal(`${SHOP}/configmaps/x?fieldManager=t`, patch)).toMatchObject({ code: 409 })
  })
})

describe('deleting', () => {
  it('says what it deleted, and 404 the next time', async () => {
    const { metadata } = await cluster.get(CONFIG_MAP)
    expect(await cluster.write('DELETE', CONFIG_MAP)).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'web-config', kind: 'configmaps', uid: metadata.uid },
    })
    expect(await cluster.refusal(CONFIG_MAP, { method: 'DELETE' })).toMatchObject({ code: 404, reason: 'NotFound' })
    const again = await cluster.write('POST', `${SHOP}/configmaps`, configMap('web-config', {}))
    expect(again.metadata.uid).not.toBe(metadata.uid)
  })

  it('reads DeleteOptions in protobuf, in which client-go sends them', async () => {
    const field = (number: number, value: string | Buffer) =>
      Buffer.concat([Buffer.from([number * 8 + 2, Buffer.byteLength(value)]), Buffer.from(value)])
    const type = field(1, Buffer.concat([field(1, 'v1'), field(2, 'DeleteOptions')]))
    const remove = (options: Buffer) => ({
      method: 'DELETE',
      headers: { 'content-type': 'application/vnd.kubernetes.protobuf' },
      body: new Uint8Array(Buffer.concat([Buffer.from('k8s\0'), type, field(2, options)])),
    })
    const stale = field(2, field(2, '1'))
    expect(await cluster.refusal(CONFIG_MAP, remove(stale))).toMatchObject({ code: 409 })
    expect((await fetch(`${cluster.url}${CONFIG_MAP}`, remove(field(5, 'All')))).status).toBe(200)
    expect(await cluster.names(`${SHOP}/configmaps`)).toContain('shop/web-config')
    expect((await fetch(`${cluster.url}${CONFIG_MAP}`, remove(Buffer.alloc(0)))).status).toBe(200)
    expect(await cluster.names(`${SHOP}/configmaps`)).not.toContain('shop/web-config')
  })

  it('keeps an object that is another than was meant', async () => {
    const options = { preconditions: { uid: '00000000-0000-4000-a000-000000000000' } }
    expect(await cluster.refusal(CONFIG_MAP, { method: 'DELETE', ...bodyOf(options) })).toMatchObject({ code: 409 })
  })

  it('takes all that a selector names', async () => {
    await cluster.write('DELETE', `${SHOP}/services?labelSelector=nothing%3Dhere`)
    expect(await cluster.names(`${SHOP}/services`)).toHaveLength(3)
    await cluster.write('DELETE', `${SHOP}/services?fieldSelector=metadata.name%3Dcart`)
    expect(await cluster.names(`${SHOP}/services`)).toEqual(['shop/redis', 'shop/web'])
  })

  it('removes everything in a namespace, and nothing elsewhere', async () => {
    const others = (names: string[]) => names.filter((name) => !name.startsWith('shop/'))
    const kinds = ['/api/v1/pods', '/api/v1/services', '/api/v1/secrets', '/apis/apps/v1/deployments', '/api/v1/events']
    const before = await Promise.all(kinds.map(cluster.names))
    expect(await cluster.write('DELETE', '/api/v1/namespaces/shop')).toMatchObject({ status: { phase: 'Terminating' } })
    expect(await Promise.all(kinds.map(cluster.names))).toEqual(before.map(others))
    expect(await cluster.names('/api/v1/namespaces')).not.toContain('shop')
    expect(
      await cluster.refusal(`${SHOP}/configmaps`, { method: 'POST', ...bodyOf(configMap('x', {})) }),
    ).toMatchObject({ code: 404, message: 'namespaces "shop" not found' })
  })

  it.each(['default', 'kube-system'])('never gives up namespace %s', async (name) => {
    expect(await cluster.refusal(`/api/v1/namespaces/${name}`, { method: 'DELETE' })).toMatchObject({
      code: 403,
      message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    })
  })
})
