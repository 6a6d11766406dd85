/** The API server as Helm sees it, in front of a small HTTP server in the place of the real one. */
import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openGateway, withoutGateway } from '../../../../../mcp/helm/program/gateway'
import type { Gateway } from '../../../../../mcp/helm/program/gateway'
import type { WriteHandler } from '../../../../../mcp/helm/program/exchange'
import { writeApproved } from '../../../../../mcp/helm/program/approved'
import type { Expected } from '../../../../../mcp/helm/program/approved'
import type { ObservedWrite } from '../../../../../mcp/helm/program/observed'
import { refuseWrites, rehearse } from '../../../../../mcp/helm/program/rehearse'
import type { OpenCluster } from '../../../../../mcp/kubernetes/cluster'
import { startApi, status, type ApiAnswer, type ApiRequest, type TestApi } from '../../../../support/kube/api-server'

const RELEASE = { name: 'web', namespace: 'shop' }
const IDENTITY = { server: '', user: 'alice', uid: 'kube-system-uid', uidOf: 'kube-system' }
const kubeconfigSchema = z.object({ clusters: z.array(z.object({ cluster: z.object({ server: z.url() }) })) })

let api: TestApi
let cluster: OpenCluster
let user: string
let objects: Map<string, object>
/** Answers before the others. */
let special: ((request: ApiRequest) => ApiAnswer | undefined) | undefined
let opened: Gateway[]

beforeEach(async () => {
  user = 'alice'
  special = undefined
  opened = []
  objects = new Map<string, object>([
    ['/api/v1/namespaces/kube-system', { metadata: { name: 'kube-system', uid: 'kube-system-uid' } }],
    ['/version', { gitVersion: 'v1.37.0' }],
    ['/api/v1/namespaces/shop/configmaps/page', { kind: 'ConfigMap', metadata: { name: 'page', uid: 'page-uid' } }],
  ])
  api = await startApi((request) => {
    const answer = special?.(request)
    if (answer) return answer
    if (request.path.endsWith('/selfsubjectreviews'))
      return { status: 201, body: { status: { userInfo: { username: user } } } }
    if (request.method === 'GET') return objects.has(request.path) ? { body: objects.get(request.path) } : undefined
    return { body: { kind: 'ConfigMap', metadata: { name: request.path.split('/').at(-1), uid: 'new-uid' } } }
  })
  cluster = api.cluster({ denied: { namespaces: ['private'] } })
})
afterEach(async () => {
  await Promise.all(opened.map((gateway) => gateway.close()))
  await api.close()
})

async function open(handler: WriteHandler) {
  const gateway = await openGateway(cluster, handler, AbortSignal.timeout(10_000))
  opened.push(gateway)
  const server = kubeconfigSchema.parse(gateway.kubeconfig).clusters[0]?.cluster.server ?? ''
  const call = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json' }
    const response = await fetch(server + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return { code: response.status, text: await response.text() }
  }
  return { gateway, server, call }
}

const writes = () => api.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('reviews'))

const PAGE = '/api/v1/namespaces/shop/configmaps/page'
const RECORD = '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v2'

describe('the gateway', () => {
  it('forwards reads with the login of the session', async () => {
    const { call } = await open(refuseWrites)
    expect((await call('GET', PAGE)).code).toBe(200)
    expect(api.requests.at(-1)?.headers.authorization).toBe('Bearer test')
  })

  it('answers nobody who does not know its secret, and its kubeconfig holds no credential', async () => {
    const { server, gateway } = await open(refuseWrites)
    const other = server.replace(/[0-9a-f]{64}$/, '0'.repeat(64))
    expect((await fetch(`${other}${PAGE}`)).status).toBe(401)
    expect((await fetch(`${new URL(server).origin}${PAGE}`)).status).toBe(401)
    expect(JSON.stringify(gateway.kubeconfig)).not.toContain('test')
    expect(api.requests).toEqual([])
    expect(withoutGateway(`Get "${server}/version": EOF`, 'https://api')).toBe('Get "https://api/version": EOF')
  })

  it('refuses namespaces that the operator excludes, also for reads', async () => {
    const { call } = await open(refuseWrites)
    expect((await call('GET', '/api/v1/namespaces/private/secrets')).code).toBe(403)
    expect((await call('GET', '/api/v1/namespaces/private')).code).toBe(403)
    expect(api.requests).toEqual([])
  })

  it.each(['/api/v1/namespaces/%2e%2e/x', '/api/v1/..%2f..%2fx', '/api/../x', '/api/v1;x'])(
    'refuses the path %s',
    async (path) => {
      const { server } = await open(refuseWrites)
      const { hostname, port, pathname } = new URL(server)
      // As it is: fetch would tidy the path.
      const sent = get({ hostname, port, path: pathname + path })
      const [response]: IncomingMessage[] = await once(sent, 'response')
      response?.resume()
      expect(response?.statusCode).toBe(400)
      expect(api.requests).toEqual([])
    },
  )

  it('takes no impersonation from Helm', async () => {
    const { server } = await open(refuseWrites)
    await fetch(`${server}${PAGE}`, { headers: { 'Impersonate-User': 'admin', Authorization: 'Bearer other' } })
    expect(api.requests.at(-1)?.headers['impersonate-user']).toBeUndefined()
    expect(api.requests.at(-1)?.headers.authorization).toBe('Bearer test')
  })
})

describe('a dry run', () => {
  it('sends no write', async () => {
    const { call } = await open(refuseWrites)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await call(method, PAGE, {})).code).toBe(403)
    expect(writes()).toEqual([])
  })
})

describe('a rehearsal', () => {
  let observed: ObservedWrite[]
  const start = () => open(rehearse(cluster, RELEASE, (observed = [])))

  it('sends each write as a dry run (writes-9)', async () => {
    const { call } = await start()
    await call('PATCH', `${PAGE}?fieldManager=helm&force=false`, { metadata: { name: 'page' } })
    await call('POST', '/api/v1/namespaces/shop/configmaps', { metadata: { name: 'other' } })
    await call('PUT', PAGE, { metadata: { name: 'page' } })
    expect(writes().map(({ query }) => query.getAll('dryRun'))).toEqual([['All'], ['All'], ['All']])
    expect(observed.map(({ verb, name }) => [verb, name])).toEqual([
      ['update', 'page'],
      ['create', 'other'],
      ['update', 'page'],
    ])
    expect(observed[0]?.live?.metadata.uid).toBe('page-uid')
  })

  it('sends a deletion without a body, since its query would not count', async () => {
    const { call } = await start()
    await call('DELETE', PAGE, { propagationPolicy: 'Background' })
    const [sent] = writes()
    expect(sent?.body).toBe('')
    expect(Object.fromEntries(sent?.query ?? [])).toEqual({ dryRun: 'All', propagationPolicy: 'Background' })
    expect(sent?.headers['content-type']).toBeUndefined()
  })

  it('refuses what it cannot try on one object', async () => {
    const { call } = await start()
    expect((await call('DELETE', '/api/v1/namespaces/shop/configmaps')).code).toBe(403)
    expect((await call('POST', '/api/v1/namespaces/shop/pods/web/eviction', {})).code).toBe(403)
    expect((await call('POST', '/other', {})).code).toBe(403)
    expect(writes()).toEqual([])
  })

  it('takes over fields that somebody else owns, and remembers whose', async () => {
    const cause = { field: '.spec.replicas', message: 'conflict with "kubectl" with subresource "scale" using apps/v1' }
    special = ({ query }) =>
      query.get('force') === 'false'
        ? { status: 409, body: { kind: 'Status', message: 'conflict', details: { causes: [cause] } } }
        : undefined
    const { call } = await start()
    expect((await call('PATCH', `${PAGE}?force=false`, {})).code).toBe(200)
    expect(observed[0]?.conflicts).toEqual([{ field: 'spec.replicas', manager: 'kubectl' }])
  })

  it('tries the records of the release, and answers for those that it would have made itself', async () => {
    special = ({ method, path }) => (method === 'PUT' && path === RECORD ? status(404, 'NotFound', 'no') : undefined)
    const { call } = await start()
    const record = { kind: 'Secret', metadata: { name: 'sh.helm.release.v1.web.v2' } }
    await call('POST', '/api/v1/namespaces/shop/secrets', record)
    expect((await call('PUT', RECORD, record)).text).toBe(JSON.stringify(record))
    expect((await call('DELETE', RECORD, {})).code).toBe(200)
    expect(writes().map(({ method, query }) => [method, query.get('dryRun')])).toEqual([
      ['POST', 'All'],
      ['PUT', 'All'],
    ])
    expect(observed).toEqual([])
  })
})

describe('a run', () => {
  let observed: ObservedWrite[]
  let failed: string[]
  async function start(expected: [string, Expected][], refusal?: string) {
    observed = []
    failed = []
    const ref = await cluster.identity(AbortSignal.timeout(5000))
    const approval = { ref, identity: { ...IDENTITY, server: ref.server }, expected: new Map(expected) }
    const events = {
      observed,
      beforeWrite: async () => refusal,
      sending: () => undefined,
      failed: ({ code }: { code: string }) => void failed.push(code),
    }
    return await open(writeApproved(cluster, RELEASE, approval, events))
  }

  it('writes exactly the approved objects, bound to their UIDs', async () => {
    const { call } = await start([['|configmaps|shop|page', { uid: 'page-uid' }]])
    expect((await call('PATCH', PAGE, { metadata: { name: 'page' }, data: {} })).code).toBe(200)
    expect((await call('DELETE', PAGE, { propagationPolicy: 'Background' })).code).toBe(200)
    expect(writes().map(({ body }): unknown => JSON.parse(body))).toEqual([
      { metadata: { name: 'page', uid: 'page-uid' }, data: {} },
      { propagationPolicy: 'Background', preconditions: { uid: 'page-uid' } },
    ])
    for (const path of ['/api/v1/namespaces/shop/configmaps/other', '/api/v1/namespaces/other/configmaps/page'])
      expect((await call('PATCH', path, {})).code).toBe(403)
    expect((await call('POST', '/api/v1/namespaces/shop/secrets', { metadata: { name: 'mine' } })).code).toBe(403)
    expect((await call('PUT', '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.other.v1', {})).code).toBe(403)
    expect(writes()).toHaveLength(2)
  })

  it('refuses an object that was created, replaced or removed meanwhile (writes-11)', async () => {
    const { call } = await start([
      ['|configmaps|shop|page', {}],
      ['|configmaps|shop|gone', { uid: 'gone-uid' }],
    ])
    const first = await call('PATCH', PAGE, {})
    expect(first).toMatchObject({ code: 409, text: expect.stringContaining('was created by somebody else meanwhile') })
    const second = await call('PATCH', '/api/v1/namespaces/shop/configmaps/gone', {})
    expect(second.text).toContain('configmaps gone was removed meanwhile')
    expect(writes()).toEqual([])
    expect(observed.map(({ status: code }) => code)).toEqual([409, 409])
  })

  it('writes nothing as another user, on another cluster, or over another change of the release', async () => {
    const { call } = await start([['|configmaps|shop|page', { uid: 'page-uid' }]])
    user = 'mallory'
    expect((await call('PATCH', PAGE, {})).code).toBe(403)
    user = 'alice'
    objects.set('/api/v1/namespaces/kube-system', { metadata: { name: 'kube-system', uid: 'other' } })
    expect((await call('PUT', RECORD, {})).code).toBe(403)
    expect(failed).toEqual(['cluster-changed', 'cluster-changed'])
    objects.set('/api/v1/namespaces/kube-system', { metadata: { name: 'kube-system', uid: 'kube-system-uid' } })
    const refusing = await start([['|configmaps|shop|page', { uid: 'page-uid' }]], 'it was changed meanwhile')
    expect((await refusing.call('PATCH', PAGE, {})).text).toContain('it was changed meanwhile')
    expect(writes()).toEqual([])
  })

  it('writes nothing after it was stopped', async () => {
    const { call, gateway } = await start([['|configmaps|shop|page', { uid: 'page-uid' }]])
    gateway.stop()
    expect((await call('PATCH', PAGE, {})).code).toBe(403)
    expect(writes()).toEqual([])
  })
})
