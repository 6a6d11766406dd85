import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dryRunsOnly } from '../../../../../mcp/kubernetes/connection/dry-runs-only'
import type { HeldClient, KubeClient, SendOptions } from '../../../../../mcp/kubernetes/types'
import { startApi } from '../../../../support/kube/api-server'
import type { TestApi } from '../../../../support/kube/api-server'

const schema = z.looseObject({})
const path = '/api/v1/namespaces/shop/configmaps/c'
const review = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

let api: TestApi
let client: KubeClient

beforeEach(async () => {
  api = await startApi(() => ({ body: {} }))
  client = dryRunsOnly(api.client())
})
afterEach(() => api.close())

const options = (more: Partial<SendOptions<unknown>> = {}) => ({ schema, signal: AbortSignal.timeout(10_000), ...more })
const held = <T>(use: (held: HeldClient) => Promise<T>) => client.hold(AbortSignal.timeout(10_000), use)
const forwarded = (method: string, where: string, body?: unknown) => ({
  ...{ method, path: where, headers: {}, signal: AbortSignal.timeout(10_000) },
  ...(body !== undefined && { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }),
})
const dry = { dryRun: 'All' }

describe('a client of dry runs only', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a patch', () => client.send('PATCH', path, options({ body: {} }))],
    ['a patch that is only called a dry run', () => client.send('PATCH', path, options({ body: {}, dryRun: true }))],
    ['a dry run of another kind', () => client.send('PATCH', path, options({ query: { dryRun: 'None' } }))],
    ['a deletion', () => client.send('DELETE', path, options())],
    [
      'a deletion whose body leaves the query out',
      () => client.send('DELETE', path, options({ query: dry, body: {} })),
    ],
    ['a patch over a held connection', () => held((each) => each.send('PATCH', path, options({ body: {} })))],
    ['a post', () => client.post(path, {}, options())],
    ['a post of a token', () => client.post('/api/v1/namespaces/shop/serviceaccounts/web/token', {}, options())],
    ['a post over a held connection', () => held((each) => each.post(path, {}, options()))],
    ['a forwarded patch', () => client.forward(forwarded('PATCH', path, {}))],
    ['a forwarded patch of two minds', () => client.forward(forwarded('PATCH', `${path}?dryRun=All&dryRun=`, {}))],
    ['a forwarded deletion with a body', () => client.forward(forwarded('DELETE', `${path}?dryRun=All`, {}))],
    ['a forwarded deletion with an odd body', () => client.forward(forwarded('DELETE', `${path}?dryRun=All`, 'k8s\0'))],
    ['a forwarded write over a held connection', () => held((each) => each.forward(forwarded('PUT', path, {})))],
  ])('sends nothing for %s', async (_, send) => {
    await expect(send()).rejects.toMatchObject({ code: 'read-only' })
    expect(api.requests).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a read', () => client.get(path, options())],
    ['a review', () => client.post(review, {}, options())],
    ['a dry run', () => client.send('PATCH', path, options({ query: dry, body: {}, dryRun: true }))],
    ['a dry deletion', () => client.send('DELETE', path, options({ body: { dryRun: ['All'] }, dryRun: true }))],
    ['a review over a held connection', () => held((each) => each.post(review, {}, options()))],
  ])('sends %s', async (_, send) => {
    await send()
    expect(api.requests).toHaveLength(1)
  })

  it.each([
    forwarded('GET', path),
    forwarded('POST', review, {}),
    forwarded('PATCH', `${path}?dryRun=All`, {}),
    forwarded('DELETE', `${path}?dryRun=All`),
  ])('forwards $method $path', async (request) => {
    await client.forward(request)
    expect(api.requests.at(-1)).toMatchObject({ method: request.method })
  })
})
