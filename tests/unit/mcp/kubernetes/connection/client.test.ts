import { createSecureServer } from 'node:http2'
import type { Http2SecureServer } from 'node:http2'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HttpKubeClient } from '../../../../../mcp/kubernetes/connection/client'
import { tokenCredentials } from '../../../../../mcp/kubernetes/connection/credentials'
import type { CredentialSource } from '../../../../../mcp/kubernetes/connection/credentials'
import { KubeError } from '../../../../../mcp/kubernetes/errors/errors'
import { startApi, status } from '../../../../support/kube/api-server'
import type { Answer, TestApi } from '../../../../support/kube/api-server'
import { selfSigned } from '../../../../support/app/certificate'

const options = () => ({ schema: z.looseObject({}), signal: AbortSignal.timeout(10_000) })
let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

async function serve(answer: Answer): Promise<TestApi> {
  api = await startApi(answer)
  return api
}

async function failure(answer: Promise<unknown>): Promise<KubeError> {
  try {
    await answer
  } catch (error) {
    if (error instanceof KubeError) return error
    throw error
  }
  throw new Error('no error')
}

/** Refuses every login, as an API server does: over HTTP/2 the connection ends before the answer has arrived. */
async function serveTls(): Promise<{ url: string; cert: string; close: () => Promise<void> }> {
  const { cert, key } = selfSigned()
  const server: Http2SecureServer = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
    if (request.httpVersionMajor === 2) return void request.stream.session?.destroy()
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ kind: 'Status', message: 'Unauthorized' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { url: `https://127.0.0.1:${address.port}`, cert, close }
}

describe('the client of the API server', () => {
  it('explains a refused connection (errors-3)', async () => {
    const { url, close } = await startApi(() => undefined)
    await close()
    const client = new HttpKubeClient(tokenCredentials({ kind: 'token', server: url, token: 't' }))
    const error = await failure(client.get('/version', options()))
    expect(error.message).toBe(`The API server at ${url} cannot be reached: connection refused.`)
    expect(error.concernsEveryCall).toBe(true)
  })

  it('explains a certificate that the authority did not sign (errors-1)', async () => {
    const { url, close } = await serveTls()
    const other = selfSigned('another authority').cert
    const client = new HttpKubeClient(
      tokenCredentials({ kind: 'token', server: url, token: 't', ca: other, name: 'prod' }),
    )
    const error = await failure(client.get('/version', options()))
    expect(error.code).toBe('certificate')
    expect(error.message).toMatch(
      /^The API server's certificate is not signed by the authority in .* \(cluster prod\)\./,
    )
    await close()
  })

  it('receives a refused login from a server that ends HTTP/2 connections with it (errors-2)', async () => {
    const { url, cert, close } = await serveTls()
    const client = new HttpKubeClient(tokenCredentials({ kind: 'token', server: url, token: 't', ca: cert }))
    expect((await failure(client.get('/version', options()))).code).toBe('unauthorized')
    await client.close()
    await close()
  })

  it('explains a host that is unknown (errors-4)', async () => {
    const client = new HttpKubeClient(
      tokenCredentials({ kind: 'token', server: 'https://k8s.invalid:6443', token: 't', name: 'prod' }),
    )
    const error = await failure(client.get('/version', options()))
    expect([error.code, error.message]).toEqual([
      'unknown-host',
      'The host k8s.invalid:6443 of cluster prod is unknown.',
    ])
  })

  it('explains a login that is not accepted (errors-2)', async () => {
    const { client } = await serve(() => status(401, 'Unauthorized', 'Unauthorized'))
    const error = await failure(client().get('/version', options()))
    expect(error.code).toBe('unauthorized')
    expect(error.message).toContain('does not accept the login')
    expect(error.message).not.toContain('Unauthorized')
  })

  it('explains what a user may not do (errors-10)', async () => {
    const raw = 'pods is forbidden: User "dev" cannot list resource "pods" in API group "" at the cluster scope'
    const { client } = await serve(() => status(403, 'Forbidden', raw))
    const error = await failure(client().get('/api/v1/pods', options()))
    expect(error.message).toBe('User dev may not list pods of all namespaces.')
    expect(error.raw).toBe(raw)
  })

  it('sends a request again with renewed credentials after a 401', async () => {
    const { url } = await serve(({ headers }) =>
      headers.authorization === 'Bearer new' ? { body: {} } : status(401, 'Unauthorized', 'Unauthorized'),
    )
    let token = 'old'
    const source: CredentialSource = {
      ...tokenCredentials({ kind: 'token', server: url, token: 'x' }),
      login: async () => ({ headers: { Authorization: `Bearer ${token}` }, tls: {} }),
      renew: () => (token = 'new'),
    }
    await expect(new HttpKubeClient(source).get('/version', options())).resolves.toEqual({})
  })

  it('waits as long as a busy API server asks, and then asks again', async () => {
    let tries = 0
    const { client } = await serve(() => {
      tries++
      return tries === 1 ? { ...status(429, 'TooManyRequests', 'busy'), headers: { 'retry-after': '1' } } : { body: {} }
    })
    await client().get('/version', options())
    expect(tries).toBe(2)
  })

  it('asks again once when a kept connection is closed under a request', async () => {
    let tries = 0
    const { client } = await serve((_, response) => {
      tries++
      if (tries === 2) {
        response.destroy()
        return undefined
      }
      return { body: {} }
    })
    const one = client()
    await one.get('/version', options())
    await one.get('/version', options())
    expect(tries).toBe(3)
  })

  it('does not take a web page for an API server', async () => {
    const { client } = await serve(() => ({ body: '<html>login</html>', headers: { 'content-type': 'text/html' } }))
    const error = await failure(client().get('/version', options()))
    expect(error.message).toContain('is not a Kubernetes API server')
  })

  it('refuses an answer once another cluster answers at the same address', async () => {
    let uid = 'uid-of-staging'
    const { client } = await serve(({ path }) => ({
      body: path === '/api/v1/namespaces/kube-system' ? { metadata: { uid } } : { items: [] },
      headers: { connection: 'close' },
    }))
    const one = client()
    one.pin('uid-of-staging')
    await one.get('/api/v1/pods', options())
    uid = 'uid-of-production'
    const error = await failure(one.get('/api/v1/pods', options()))
    expect(error.code).toBe('cluster-changed')
    expect(error.message).toContain('Another cluster now answers')
  })

  it('streams over checked connections though others were opened before the cluster was known', async () => {
    const { client } = await serve(({ path }) => ({
      body: path === '/api/v1/namespaces/kube-system' ? { metadata: { uid: 'uid-of-staging' } } : { lines: 'one' },
    }))
    const one = client()
    await Promise.all(Array.from({ length: 6 }, () => one.get('/version', options())))
    one.pin('uid-of-staging')
    for (let times = 0; times < 8; times++) {
      const chunks: Uint8Array[] = []
      for await (const chunk of await one.stream('/log', { signal: options().signal })) chunks.push(chunk)
      expect(Buffer.concat(chunks).toString()).toBe('{"lines":"one"}')
    }
  })

  it('stops at once when it is aborted', async () => {
    const { client } = await serve(() => new Promise(() => undefined))
    const stop = new AbortController()
    const answer = client().get('/version', { ...options(), signal: stop.signal })
    stop.abort(new Error('stopped by the person'))
    await expect(answer).rejects.toThrow('stopped by the person')
  })
})
