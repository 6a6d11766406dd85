/** Serves objects: single ones, lists, watches, scales, logs. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Scene } from '../scene'
import type { State } from '../state/state'
import { takeSnapshot, type Snapshot } from '../snapshot'
import type { Pod } from '../types'
import { ACTING_SUBRESOURCES, review, reviews } from './access'
import { readReviewBody } from './body'
import { cutPage, selectEntries } from './list'
import { formatLines, isTrue, readPodLog } from './logs'
import type { ApiPath } from '#shared/kubernetes/api'
import { includeObject, negotiate, toList, toTable } from './represent'
import type { Entry, Resource } from './resource'
import { resources } from './resources'
import { sendJson, sendText } from './send'
import { forbidden, methodNotAllowed, objectNotFound, pathNotFound } from './status'
import { serveWatch } from './watch'
import { serveWrite } from './write'
import { toScale } from './write/scale'

export interface Exchange {
  /** The demo cluster's clock, for streaming responses. */
  clock: () => Scene
  state: State
  request: IncomingMessage
  response: ServerResponse
  query: URLSearchParams
}

const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

/** @throws StatusError unless the request is answered */
export async function serveObjects(exchange: Exchange, path: ApiPath): Promise<void> {
  const { request, response } = exchange
  const method = request.method ?? 'GET'
  const asked = reviews.find((each) => each.group === path.group && each.plural === path.plural)
  if (method === 'POST' && asked)
    return sendJson(response, review(asked.kind, await readReviewBody(request, asked.kind)), 201)
  if (ACTING_SUBRESOURCES.includes(path.subresource?.split('/')[0] ?? ''))
    throw forbidden({ verb: verbs[method] ?? 'get', ...path })

  const resource = resources.find(
    (each) => each.group === path.group && each.version === path.version && each.plural === path.plural,
  )
  if (!resource || (path.namespace !== undefined && !resource.namespaced)) throw pathNotFound()
  if (verbs[method]) {
    // A namespaced object has no path outside a namespace.
    if (resource.namespaced && path.namespace === undefined) throw methodNotAllowed()
    const { body, code } = await serveWrite(exchange, resource, path)
    return sendJson(response, body, code)
  }
  if (path.name === undefined) return serveList(exchange, resource, path.namespace)
  const scene = exchange.clock()
  const snapshot = takeSnapshot(scene, exchange.state)
  serveOne(exchange, resource, scene, snapshot, path, path.name)
}

function serveList(
  { clock, state, request, response, query }: Exchange,
  resource: Resource,
  namespace: string | undefined,
): void {
  const representation = negotiate(request.headers.accept)
  const include = includeObject(query)
  const look = () => {
    const scene = clock()
    const entries = selectEntries(resource, resource.entries(takeSnapshot(scene, state)), namespace, query)
    return { entries, scene, resourceVersion: state.version(scene) }
  }
  if (isTrue(query.get('watch'))) return serveWatch(response, resource, look, query, { representation, include })
  const { entries, scene, resourceVersion } = look()
  const page = cutPage(resourceVersion, entries, query)
  sendJson(response, representation === 'table' ? toTable(resource, page, scene, include) : toList(resource, page))
}

function serveOne(
  exchange: Exchange,
  resource: Resource,
  scene: Scene,
  snapshot: Snapshot,
  path: ApiPath,
  name: string,
): void {
  const { request, response, query } = exchange
  // A namespaced object has no path outside a namespace.
  if (resource.namespaced && path.namespace === undefined) throw pathNotFound()
  const isWanted = ({ metadata }: Entry['object']) => metadata.name === name && metadata.namespace === path.namespace
  const entry = resource.entries(snapshot).find(({ object }) => isWanted(object))
  const known = path.subresource === undefined || ['status', ...resource.subresources].includes(path.subresource)
  if (!known) throw pathNotFound()
  if (!entry) throw objectNotFound(path.group, path.plural, name)
  if (path.subresource === 'log') {
    const pod = snapshot.pods.find(isWanted)
    if (!pod) throw objectNotFound(path.group, path.plural, name)
    return serveLog(exchange, scene, snapshot, pod)
  }
  if (path.subresource === 'scale') return sendJson(response, toScale(entry))
  if (negotiate(request.headers.accept) === 'object') return sendJson(response, entry.object)
  const page = { entries: [entry], metadata: { resourceVersion: entry.object.metadata.resourceVersion } }
  sendJson(response, toTable(resource, page, scene, includeObject(query)))
}

/** Polling interval of a followed log. */
const FOLLOW_MS = 1000

function serveLog({ clock, response, query }: Exchange, scene: Scene, snapshot: Snapshot, pod: Pod): void {
  const script = snapshot.logScripts.get(pod.metadata.uid) ?? { start: [] }
  const { lines, open } = readPodLog(scene, pod, script, query)
  if (!open || !isTrue(query.get('follow'))) return sendText(response, formatLines(lines, query))
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.flushHeaders()
  response.write(formatLines(lines, query))
  let seen = scene.now
  const rest = new URLSearchParams(query)
  for (const name of ['tailLines', 'sinceSeconds', 'sinceTime']) rest.delete(name)
  const timer = setInterval(() => {
    const later = clock()
    const fresh = readPodLog(later, pod, script, rest).lines.filter(({ at }) => at > seen)
    seen = later.now
    if (fresh.length > 0) response.write(formatLines(fresh, rest))
  }, FOLLOW_MS)
  response.on('close', () => clearInterval(timer))
}
