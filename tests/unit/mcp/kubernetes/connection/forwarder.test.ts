import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HttpKubeClient } from '../../../../../mcp/kubernetes/connection/client'
import { tokenCredentials } from '../../../../../mcp/kubernetes/connection/credentials'
import type { ForwardedAnswer, ForwardedRequest } from '../../../../../mcp/kubernetes/types'

let server: Server
let sockets: Set<Socket>
let connections: number
let requests: string[]
/** UID of the cluster that answers. */
let uid: string
let answer: (request: IncomingMessage, response: ServerResponse) => void
let client: HttpKubeClient

beforeEach(async () => {
  ;[sockets, connections, requests, uid] = [new Set(), 0, [], 'one']
  answer = (_, response) => void response.end('{"kind":"Answer"}')
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    if (request.url === '/api/v1/namespaces/kube-system') response.end(JSON.stringify({ metadata: { uid } }))
    else if (request.url === '/version') response.end('{}')
    else request.resume().once('end', () => answer(request, response))
  })
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket.once('close', () => sockets.delete(socket)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  client = new HttpKubeClient(
    tokenCredentials({ kind: 'token', server: `http://127.0.0.1:${address.port}`, token: 't' }),
    'one',
  )
})
afterEach(async () => {
  await client.close()
  server.closeAllConnections()
  server.close()
})

const forward = (method: string, path: string, more: Partial<ForwardedRequest> = {}) =>
  client.forward({ method, path, headers: {}, signal: AbortSignal.timeout(10_000), ...more })

async function textOf({ body }: ForwardedAnswer): Promise<string> {
  let text = ''
  for await (const chunk of body) text += Buffer.from(chunk).toString()
  return text
}

describe('forwarded requests', () => {
  it('share connections, each of which is checked once', async () => {
    for (let n = 0; n < 20; n++)
      expect(await textOf(await forward('PATCH', '/a?dryRun=All', { body: Buffer.from('{}') }))).toBe(
        '{"kind":"Answer"}',
      )
    expect(connections).toBeLessThanOrEqual(2)
    expect(requests.filter((each) => each.includes('kube-system'))).toHaveLength(connections)
  })

  it('get any answer as it is', async () => {
    answer = (_, response) => void response.writeHead(409, { 'x-from': 'api' }).end('{"kind":"Status"}')
    const { status, headers, body } = await forward('POST', '/a?dryRun=All')
    expect([status, headers['x-from'], await textOf({ status, headers, body })]).toEqual([
      409,
      'api',
      '{"kind":"Status"}',
    ])
    answer = (_, response) => void response.writeHead(204).end()
    expect(await textOf(await forward('GET', '/a'))).toBe('')
  })

  it('are refused once another cluster answers', async () => {
    await forward('GET', '/a')
    uid = 'two'
    for (const socket of sockets) socket.destroy()
    await expect(forward('GET', '/a')).rejects.toMatchObject({ code: 'cluster-changed' })
  })

  it('are sent again if their kept connection was being closed', async () => {
    await forward('GET', '/a')
    let closed = false
    answer = (request, response) => {
      if (closed) return void response.end('{}')
      closed = true
      request.socket.destroy()
    }
    expect((await forward('GET', '/b')).status).toBe(200)
    expect(requests.filter((each) => each === 'GET /b')).toHaveLength(2)
  })

  it('give a watch as it comes, over a connection of its own that was checked before', async () => {
    let end = (): void => undefined
    answer = (_, response) => {
      response.write('{"type":"ADDED"}\n')
      end = () => void response.end()
    }
    const { body } = await forward('GET', '/pods?watch=true')
    const first = await body[Symbol.asyncIterator]().next()
    expect(Buffer.from(first.done ? [] : first.value).toString()).toBe('{"type":"ADDED"}\n')
    expect(requests.at(-1)).toBe('GET /pods?watch=true')
    expect(requests).toContain('GET /api/v1/namespaces/kube-system')
    end()
  })
})
