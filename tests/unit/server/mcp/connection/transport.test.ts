import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { McpSession } from '../../../../../server/mcp/session/session'

const silent = () => undefined
const log = { info: silent, warn: silent, debug: silent }

/** The headers of the first request that a session sends. */
async function firstHeaders(transport: 'sse' | 'http', authToken?: string): Promise<IncomingHttpHeaders> {
  const seen = Promise.withResolvers<IncomingHttpHeaders>()
  const server = createServer((request, response) => {
    seen.resolve(request.headers)
    response.writeHead(503).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/${transport}`)
  const endpoint = { transport, url, ...(authToken !== undefined && { authToken }) }
  const session = new McpSession({ endpoint, log, clientInfo: { name: 'test', version: '1' } })
  session.start()
  const headers = await seen.promise
  await session.close()
  server.closeAllConnections()
  server.close()
  return headers
}

describe.each(['sse', 'http'] as const)('MCP_AUTH_TOKEN over %s', (transport) => {
  it('is sent in both headers', async () => {
    expect(await firstHeaders(transport, 'abc')).toMatchObject({ 'x-mcp-auth': 'abc', authorization: 'Bearer abc' })
  })

  it('is in none of them if it is not set', async () => {
    const headers = await firstHeaders(transport)
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('x-mcp-auth')
  })
})
