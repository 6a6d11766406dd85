/** Serves any number of clients over HTTP: HTTP+SSE at `/sse`, streamable HTTP at `/mcp`. */
import type { Server } from 'node:http'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { Mode } from '../config'
import { isLoopback } from '../config'
import type { Log } from '../protocol/log'
import type { AccessRules } from './access'
import { createHttpServer, listen } from './http-server'
import { SseEndpoint } from './sse'
import { StreamableEndpoint } from './streamable'

export interface HttpOptions {
  mode: Extract<Mode, { kind: 'http' }>
  connect: (transport: Transport) => Promise<unknown>
  maxSessions: number
  log: Log
}

export interface HttpService {
  /** E.g. `http://127.0.0.1:3000`. */
  url: string
  close: () => Promise<void>
}

/**
 * Resolves once the server listens.
 * @throws Error of Node, e.g. EADDRINUSE
 */
export async function serveHttp({ mode, connect, maxSessions, log }: HttpOptions): Promise<HttpService> {
  const sse = new SseEndpoint({ connect, maxSessions })
  const streamable = new StreamableEndpoint({ connect, maxSessions, answers: 'events' })
  const server = createHttpServer({ access: accessRules(mode), routes: [...sse.routes, ...streamable.routes], log })
  await listen(server, { host: mode.host, port: mode.port })
  const close = async () => {
    await Promise.all([sse.close(), streamable.close()])
    server.close()
    server.closeAllConnections()
  }
  return { url: urlOf(server, mode), close }
}

function accessRules({ host, token, allowedHosts }: HttpOptions['mode']): AccessRules {
  const rules = token === undefined ? {} : { token }
  if (allowedHosts.length > 0) return { ...rules, hosts: [host, ...allowedHosts] }
  // The public host name is unknown here; the token keeps foreign web pages out.
  return { ...rules, hosts: isLoopback(host) ? [] : 'any' }
}

function urlOf(server: Server, { host, port }: HttpOptions['mode']): string {
  const bound = server.address()
  const actual = typeof bound === 'object' && bound ? bound.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
}
