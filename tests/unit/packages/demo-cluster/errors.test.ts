import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

describe('what would run something', () => {
  const pod = '/api/v1/namespaces/shop/pods/any'
  it.each([
    ['POST', `${pod}/exec`, 'create', 'pods/exec'],
    ['GET', `${pod}/exec?command=ls`, 'get', 'pods/exec'],
    ['POST', `${pod}/portforward`, 'create', 'pods/portforward'],
    ['GET', '/api/v1/nodes/demo-worker-1/proxy/logs', 'get', 'nodes/proxy/logs'],
  ])('%s %s is forbidden, and says why', async (method, path, verb, resource) => {
    const status = await cluster.refusal(path, { method, body: method === 'GET' ? undefined : '{}' })
    expect(status).toMatchObject({ code: 403, reason: 'Forbidden' })
    expect(status.message).toContain(`cannot ${verb} resource "${resource}"`)
    expect(status.message).toContain('nothing runs in the demo cluster')
  })
})

describe('missing objects', () => {
  it('names the object', async () => {
    expect(await cluster.refusal('/apis/apps/v1/namespaces/shop/deployments/nope')).toMatchObject({
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "nope" not found',
      details: { name: 'nope', kind: 'deployments' },
    })
  })

  it('does not find an object under another namespace', async () => {
    expect((await cluster.refusal('/api/v1/namespaces/payments/services/web')).code).toBe(404)
  })

  it.each([
    '/api/v1/nothings',
    '/apis/nothing.example.com/v1',
    '/api/v1/pods/web',
    '/api/v1/namespaces/shop/nodes',
    '/api/v1/namespaces/shop/pods/any/ephemeralcontainers',
    '/openapi/v2',
    '/nowhere',
  ])('%s is a 404', async (path) => {
    expect(await cluster.refusal(path)).toMatchObject({ code: 404, reason: 'NotFound' })
  })
})

describe('requests that do not fit', () => {
  it('refuses methods outside the API', async () => {
    expect(await cluster.refusal('/version', { method: 'DELETE' })).toMatchObject({
      code: 405,
      reason: 'MethodNotAllowed',
    })
    expect((await cluster.refusal('/api/v1/pods', { method: 'OPTIONS' })).code).toBe(405)
  })

  it('refuses to answer only in protobuf, and answers in JSON if that is acceptable', async () => {
    const accept = 'application/vnd.kubernetes.protobuf'
    expect(await cluster.refusal('/api/v1/pods', { headers: { accept } })).toMatchObject({
      code: 406,
      reason: 'NotAcceptable',
    })
    const response = await fetch(`${cluster.url}/api/v1/pods`, { headers: { accept: `${accept},application/json` } })
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  it('refuses a page token of another server', async () => {
    expect((await cluster.refusal('/api/v1/pods?continue=eyJ2IjoxfQ')).code).toBe(400)
  })
})
