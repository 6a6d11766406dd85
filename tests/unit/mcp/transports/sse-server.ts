/** An MCP server over our HTTP+SSE transport whose one tool counts how often it ran. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { createHttpServer, listen } from '../../../../mcp/transports/http-server'
import { SseEndpoint } from '../../../../mcp/transports/sse'

export interface SseServer {
  port: number
  url: string
  /** How often the tool ran, by the `call` argument. */
  runs: Map<string, number>
  sessions: () => number
  close: () => Promise<void>
}

const argumentsSchema = z.object({ call: z.string(), ms: z.number(), size: z.number().default(0) })

export async function startSseServer(
  options: { port?: number; token?: string; keepMs?: number; keepAliveMs?: number; maxSessions?: number } = {},
): Promise<SseServer> {
  const { port: wanted = 0, token, maxSessions = 8, ...timing } = options
  const runs = new Map<string, number>()
  const endpoint = new SseEndpoint({
    maxSessions,
    ...timing,
    async connect(transport) {
      const server = new Server({ name: 'counting', version: '1' }, { capabilities: { tools: {} } })
      server.setRequestHandler(ListToolsRequestSchema, () => ({
        tools: [{ name: 'count', inputSchema: { type: 'object' } }],
      }))
      server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
        const { call, ms, size } = argumentsSchema.parse(params.arguments)
        runs.set(call, (runs.get(call) ?? 0) + 1)
        await delay(ms)
        return { content: [{ type: 'text', text: `${call} ${'x'.repeat(size)}` }] }
      })
      await server.connect(transport)
    },
  })
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const access = { hosts: [], ...(token !== undefined && { token }) }
  const server = createHttpServer({ access, routes: endpoint.routes, log })
  await listen(server, { host: '127.0.0.1', port: wanted })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    runs,
    sessions: () => endpoint.size,
    async close() {
      await endpoint.close()
      server.close()
      server.closeAllConnections()
    },
  }
}
