import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkIdentity } from '../../../../mcp/changes/identity'
import { HeldConnection } from '../../../../mcp/kubernetes/connection/held-connection'

const subject = { server: 'https://127.0.0.1:1', cluster: 'c', user: 'u', origin: 'o' }

function hashOf(headers: Record<string, string>): string {
  return new HeldConnection({ headers, tls: {} }, subject).subject
}

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `Bearer ${part({ alg: 'RS256' })}.${part(claims)}.signature`
}

describe('whom credentials name', () => {
  it('is the same for a renewed token of the same subject', () => {
    const old = hashOf({ Authorization: jwt({ iss: 'i', sub: 'system:serviceaccount:shop:bot', exp: 1 }) })
    expect(hashOf({ Authorization: jwt({ iss: 'i', sub: 'system:serviceaccount:shop:bot', exp: 2 }) })).toBe(old)
    expect(hashOf({ Authorization: jwt({ iss: 'i', sub: 'system:serviceaccount:shop:other', exp: 1 }) })).not.toBe(old)
    expect(hashOf({ Authorization: jwt({ iss: 'other', sub: 'system:serviceaccount:shop:bot' }) })).not.toBe(old)
  })

  it('differs between tokens, users and impersonation, and reveals none of them', () => {
    const headers: Record<string, string>[] = [
      {},
      { Authorization: 'Bearer one' },
      { Authorization: 'Bearer two' },
      { Authorization: `Basic ${Buffer.from('alice:secret').toString('base64')}` },
      { Authorization: 'Bearer one', 'Impersonate-User': 'bob' },
    ]
    const hashes = headers.map(hashOf)
    expect(new Set(hashes).size).toBe(5)
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{32}$/)
    expect(hashOf({ Authorization: `Basic ${Buffer.from('alice:renewed').toString('base64')}` })).toBe(hashes[3])
  })
})

describe('two identities', () => {
  const identity = { server: 'https://a:6443', user: 'alice', uid: 'u1', uidOf: 'kube-system' }

  it('are the same if server, user and UID are', () => {
    expect(() => checkIdentity(identity, { ...identity })).not.toThrow()
  })

  it.each([
    ['server', 'https://b:6443'],
    ['user', 'bob'],
    ['user', 'unknown 0123'],
    ['uid', 'u2'],
    ['uidOf', 'shop'],
  ] as const)('differ by their %s', (field, value) => {
    expect(() => checkIdentity(identity, { ...identity, [field]: value })).toThrow(
      `was ${identity[field]}, and is ${value}`,
    )
  })
})

describe('a held connection', () => {
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections()
  })

  it('is opened once: what comes after its end is not sent', async () => {
    let requests = 0
    const server = createServer((_, response) => {
      requests++
      response.writeHead(200, { connection: 'close' }).end('{"metadata":{"name":"x"}}')
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const held = new HeldConnection({ headers: {}, tls: {} }, { ...subject, server: `http://127.0.0.1:${port}` })
    const options = { schema: z.unknown(), signal: AbortSignal.timeout(5000) }
    await held.get('/api/v1/namespaces/kube-system', options)
    await expect(held.send('POST', '/api/v1/namespaces', { ...options, body: {} })).rejects.toMatchObject({
      code: 'unreachable',
      raw: expect.stringMatching(/^CONNECTION_LOST/) as string,
    })
    expect(requests).toBe(1)
    await held.close()
  })
})
