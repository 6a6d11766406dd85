/** The request handler of the demo cluster's API server. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Scene } from '../scene'
import type { State } from '../state/state'
import { discover } from './discovery'
import { serveObjects } from './objects'
import { parseApiPath } from '#shared/kubernetes/api'
import { sendError, sendJson, sendText } from './send'
import { methodNotAllowed, pathNotFound } from './status'

const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const HEALTH = /^\/(?:healthz|livez|readyz)(?:\/.*)?$/

/**
 * @param clock returns the moment of each response
 * @param state changes written by clients
 */
export function createHandler(clock: () => Scene, state: State): RequestListener {
  return (request, response) => {
    serve(clock, state, request, response).catch((error: unknown) => sendError(response, error))
  }
}

async function serve(
  clock: () => Scene,
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET'
  if (!KNOWN_METHODS.includes(method)) throw methodNotAllowed()
  const url = new URL(request.url ?? '/', 'http://demo')
  const path = url.pathname.replace(/\/+$/, '') || '/'
  const resourcePath = parseApiPath(path)
  if (resourcePath) return serveObjects({ clock, state, request, response, query: url.searchParams }, resourcePath)

  const healthy = HEALTH.test(path)
  const answer = healthy ? undefined : discover(path)
  if (!healthy && !answer) throw pathNotFound()
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed()
  if (answer) sendJson(response, answer)
  else sendText(response, 'ok')
}
