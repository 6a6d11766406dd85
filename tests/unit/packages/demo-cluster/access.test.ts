import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
const answerSchema = z.object({ status: z.object({ allowed: z.boolean(), reason: z.string() }) })

async function ask(body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<boolean> {
  const response = await fetch(`${cluster.url}${REVIEW}`, { method: 'POST', body, headers: { 'content-type': type } })
  expect(response.status).toBe(201)
  return answerSchema.parse(await response.json()).status.allowed
}

const json = (resourceAttributes: object) => JSON.stringify({ spec: { resourceAttributes } })

/** A field of protobuf that has a length: text, bytes or a message. */
function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes])
}

/** As client-go posts it: the envelope, the type, then the review with its metadata and spec. */
function protobuf(verb: string, resource: string, subresource = ''): Uint8Array<ArrayBuffer> {
  const attributes = [
    field(1, 'shop'),
    field(2, verb),
    field(3, ''),
    field(4, '*'),
    field(5, resource),
    field(6, subresource),
  ]
  const spec = field(2, field(1, Buffer.concat(attributes)))
  const review = Buffer.concat([field(1, field(1, '')), spec])
  const type = field(1, Buffer.concat([field(1, 'authorization.k8s.io/v1'), field(2, 'SelfSubjectAccessReview')]))
  return new Uint8Array(Buffer.concat([Buffer.from('k8s\0'), type, field(2, review), field(3, ''), field(4, '')]))
}

describe('SelfSubjectAccessReview', () => {
  it.each(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', '*'])('allows to %s', async (verb) => {
    expect(await ask(json({ verb, resource: 'pods' }))).toBe(true)
  })

  it.each(['get', 'create'])('does not allow to %s what runs something', async (verb) => {
    expect(await ask(json({ verb, resource: 'pods', subresource: 'exec' }))).toBe(false)
  })

  it('reads protobuf, in which client-go asks', async () => {
    const type = 'application/vnd.kubernetes.protobuf'
    expect(await ask(protobuf('list', 'pods'), type)).toBe(true)
    expect(await ask(protobuf('get', 'pods', 'exec'), type)).toBe(false)
  })

  it.each([
    ['no JSON', 'application/json', '{', 400],
    ['no review', 'application/json', '{}', 400],
    ['no message of Kubernetes', 'application/vnd.kubernetes.protobuf', 'k8s', 400],
    ['a message that is cut', 'application/vnd.kubernetes.protobuf', 'k8s\0\n\x20abc', 400],
    ['another type', 'application/yaml', 'a: b', 415],
    ['too large', 'application/json', ' '.repeat(70_000), 413],
  ])('refuses a body that is %s', async (_what, type, body, code) => {
    const status = await cluster.refusal(REVIEW, { method: 'POST', body, headers: { 'content-type': type } })
    expect(status.code).toBe(code)
  })
})

it('answers a SelfSubjectRulesReview with everything', async () => {
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
  const response = await fetch(`${cluster.url}${path}`, { method: 'POST', body: '{"spec":{"namespace":"shop"}}' })
  expect(await response.json()).toMatchObject({
    status: { resourceRules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
  })
})
