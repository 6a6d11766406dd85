/** The HTTP server below all HTTP transports: access checks and routing. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Log } from '../protocol/log'
import { checkAccess } from './access'
import type { AccessRules } from './access'
import { respond } from './respond'

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** A hash of the token, empty if none was sent. */
  caller: string
}

export interface Route {
  path: string
  methods: readonly string[]
  handle: (exchange: Exchange) => void | Promise<void>
}

/** Probes send no token and learn only that the program runs. */
const PROBES = new Set(['/health', '/ready'])

/** The returned server does not listen yet. */
export function createHttpServer(options: { access: AccessRules; routes: readonly Route[]; log: Log }): Server {
  const { access, routes, log } = options
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error(
        { path: request.url?.split('?')[0], error: error instanceof Error ? error.stack : String(error) },
        'request failed',
      )
      respond(response, 500, 'The server failed to answer. Its log has the details.')
    })
  })
  // Longer than most proxies', so that no request arrives on a closing connection.
  server.keepAliveTimeout = 75_000
  return server

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/'
    // Only path and query are used; the Host header is checked separately.
    const url =
      target.startsWith('/') && URL.canParse(`http://localhost${target}`)
        ? new URL(`http://localhost${target}`)
        : undefined
    if (!url) return respond(response, 400, 'Bad request')
    if (PROBES.has(url.pathname))
      return respond(response, 200, '{"status":"ok"}', { 'Content-Type': 'application/json' })
    const decision = checkAccess(request, access)
    if (!decision.allowed) {
      const headers: Record<string, string> = decision.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
      return respond(response, decision.status, decision.reason, { ...headers, Connection: 'close' })
    }
    const route = routes.find(({ path }) => path === url.pathname)
    if (!route) return respond(response, 404, 'Not found')
    if (!route.methods.includes(request.method ?? ''))
      return respond(response, 405, 'Method not allowed', { Allow: route.methods.join(', ') })
    await route.handle({ request, response, url, caller: decision.caller })
  }
}

/** @throws Error of Node, e.g. EADDRINUSE */
export async function listen(
  server: Server,
  address: { host: string; port: number } | { path: string },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(address, resolve)
  await promise
  server.off('error', reject)
}
