import { quotedWords } from '../../../../shared/messages/create'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import type { Cluster } from '../../../../mcp/kubernetes/types'
import { ClusterPool } from '../../../../mcp/protocol/clusters'
import { createProtocolServer } from '../../../../mcp/protocol/session'
import type { ReadTool } from '../../../../mcp/tools/tool'

const NOW = Date.UTC(2026, 10, 29, 14)
const REF = { server: 'https://10.0.0.1:6443', name: 'staging', user: 'alice' }
const unused = () => Promise.reject(new Error('not used'))

const cluster: Cluster = {
  client: { get: unused, post: unused, stream: unused, send: unused, hold: unused, forward: unused },
  discovery: { find: unused, all: unused, unreachable: unused },
  identity: async () => REF,
  defaultNamespace: undefined,
  knownNamespaces: [],
  rules: { deniedKinds: new Set(), deniedNamespaces: new Set() },
}

const tool = (name: string, run: ReadTool['run']): ReadTool => ({
  name,
  description: `Does ${name}`,
  properties: {},
  run,
})
const tools = [
  tool('works', async () => ({
    kind: 'table',
    columns: ['NAME'],
    rows: [['web']],
    coverage: { scope: 'cluster', shown: 1, complete: true, notes: [] },
  })),
  tool('refuses', async () => {
    throw new KubeError('forbidden', quotedWords('You may not list pods.'), { resource: 'pods' }, 'raw words')
  }),
  tool('lacks', async () => {
    throw new KubeError('metrics-missing', quotedWords('This cluster has no metrics.'))
  }),
  tool('breaks', async () => {
    throw new TypeError('undefined is not a function of secret-value')
  }),
  tool('waits', async (_, { signal }) => {
    waits.resolve()
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    throw new Error('not reached')
  }),
]

let waits: PromiseWithResolvers<void>
let client: Client
let logged: string[]
let closed: () => boolean
let asked: unknown[]

async function connect(acceptsCredentials: boolean, capabilities = {}) {
  logged = []
  asked = []
  let isClosed = false
  closed = () => isClosed
  waits = Promise.withResolvers()
  const clusters = new ClusterPool(async (credentials) => {
    asked.push(credentials)
    return { cluster, close: async () => void (isClosed = true) }
  }, 0)
  const write = (fields: object) => void logged.push(JSON.stringify(fields))
  const log = { info: write, warn: write, error: write }
  const { server } = createProtocolServer({ clusters, tools, acceptsCredentials, now: () => NOW, log })
  const [own, other] = InMemoryTransport.createLinkedPair()
  client = new Client({ name: 'test', version: '1' }, { capabilities })
  await Promise.all([server.connect(own), client.connect(other)])
  // So that the client checks what it gets.
  await client.listTools()
}

beforeEach(() => connect(false))
afterEach(() => client.close())

describe('a session of the MCP server', () => {
  it('adds the cluster and the time to an answer', async () => {
    const result = await client.callTool({ name: 'works' })
    expect(result.structuredContent).toMatchObject({ kind: 'table', cluster: REF, asOf: '2026-11-29T14:00:00.000Z' })
    expect(JSON.stringify(result.content)).toContain('web')
  })

  it('answers an error of the cluster as a result with its code', async () => {
    expect(await client.callTool({ name: 'refuses' })).toEqual({
      isError: true,
      content: [{ type: 'text', text: 'You may not list pods.' }],
      structuredContent: {
        kind: 'text',
        text: 'You may not list pods.',
        code: 'forbidden',
        params: { resource: 'pods' },
        localized: { code: 'words', params: { words: 'You may not list pods.' } },
        asOf: '2026-11-29T14:00:00.000Z',
        cluster: REF,
      },
    })
  })

  it('answers a defect with a plain sentence, and logs it', async () => {
    const result = await client.callTool({ name: 'breaks' })
    expect(result).toMatchObject({ isError: true, structuredContent: { code: 'internal' } })
    expect(JSON.stringify(result)).not.toContain('secret-value')
    expect(logged.join()).toContain('secret-value')
  })

  it('takes a tool off the list after the cluster lacked what it reads, and notifies the client', async () => {
    const changed = Promise.withResolvers<void>()
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => changed.resolve())
    await client.callTool({ name: 'lacks' })
    await changed.promise
    const names = (await client.listTools()).tools.map(({ name }) => name)
    expect(names).not.toContain('lacks')
    expect(names).toContain('works')
  })

  it('names its tools when one is called that it does not have', async () => {
    await expect(client.callTool({ name: 'kubectl_delete' })).rejects.toThrow(/no tool kubectl_delete.*works, refuses/)
  })

  it('stops a call that the client cancels', async () => {
    const stop = new AbortController()
    const call = client.callTool({ name: 'waits' }, undefined, { signal: stop.signal })
    await waits.promise
    stop.abort(new Error('stopped'))
    await expect(call).rejects.toThrow('stopped')
    expect(await client.callTool({ name: 'works' })).toMatchObject({ structuredContent: { kind: 'table' } })
  })

  it('gives its cluster back when it ends', async () => {
    await client.callTool({ name: 'works' })
    await client.close()
    await expect.poll(closed).toBe(true)
  })
})

describe('the credentials of a session', () => {
  const brought = { kind: 'token', server: 'https://10.0.0.2', token: 'x' }
  const capabilities = { experimental: { 'k8s-ai-assistant/credentials': brought } }

  it.each([
    [true, brought],
    [false, { kind: 'operator' }],
  ])('are those that it brings only if that is accepted (%s)', async (accepts, expected) => {
    await client.close()
    await connect(accepts, capabilities)
    await client.callTool({ name: 'works' })
    expect(asked).toEqual([expected])
  })
})
