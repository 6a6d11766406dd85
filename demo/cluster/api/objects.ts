/** Requests for objects: one, a list, a watch, a scale, a log. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { resourceVersion, type Scene } from '../scene'
import { takeSnapshot, type Snapshot } from '../store'
import type { Pod } from '../types'
import { ACTING_SUBRESOURCES, review, reviews } from './access'
import { readReviewBody } from './body'
import { cutPage, selectEntries } from './list'
import { formatLines, isTrue, readPodLog } from './logs'
import type { ResourcePath } from './path'
import { includeObject, negotiate, toList, toTable } from './represent'
import type { Entry, Resource } from './resource'
import { resources } from './resources'
import { sendJson, sendText } from './send'
import { forbidden, objectNotFound, pathNotFound } from './status'
import { serveWatch } from './watch'

export interface Exchange {
  /** The demo cluster's clock, for answers that go on. */
  clock: () => Scene
  request: IncomingMessage
  response: ServerResponse
  query: URLSearchParams
}

const writeVerbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

/** @throws StatusError for everything that is not answered with an object */
export async function serveObjects(exchange: Exchange, path: ResourcePath): Promise<void> {
  const { request, response } = exchange
  const method = request.method ?? 'GET'
  const asked = reviews.find((each) => each.group === path.group && each.plural === path.plural)
  if (method === 'POST' && asked)
    return sendJson(response, review(asked.kind, await readReviewBody(request, asked.kind)), 201)
  const verb = method === 'DELETE' && !path.name ? 'deletecollection' : writeVerbs[method]
  if (verb) throw forbidden({ verb, ...path })
  if (ACTING_SUBRESOURCES.includes(path.subresource?.split('/')[0] ?? '')) throw forbidden({ verb: 'get', ...path })

  const resource = resources.find(
    (each) => each.group === path.group && each.version === path.version && each.plural === path.plural,
  )
  if (!resource || (path.namespace !== undefined && !resource.namespaced)) throw pathNotFound()
  const scene = exchange.clock()
  const snapshot = takeSnapshot(scene)
  if (path.name === undefined) return serveList(exchange, resource, scene, snapshot, path.namespace)
  serveOne(exchange, resource, scene, snapshot, path, path.name)
}

function serveList(
  { request, response, query }: Exchange,
  resource: Resource,
  scene: Scene,
  snapshot: Snapshot,
  namespace: string | undefined,
): void {
  const representation = negotiate(request.headers.accept)
  const include = includeObject(query)
  const selected = selectEntries(resource, resource.entries(snapshot), namespace, query)
  if (isTrue(query.get('watch'))) {
    const all = { entries: selected, metadata: { resourceVersion: resourceVersion(scene, scene.now) } }
    return serveWatch(response, resource, all, scene, query, { representation, include })
  }
  const page = cutPage(scene, selected, query)
  sendJson(response, representation === 'table' ? toTable(resource, page, scene, include) : toList(resource, page))
}

function serveOne(
  exchange: Exchange,
  resource: Resource,
  scene: Scene,
  snapshot: Snapshot,
  path: ResourcePath,
  name: string,
): void {
  const { request, response, query } = exchange
  // An object of a namespaced kind has no address outside a namespace.
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

function toScale({ object, scale }: Entry) {
  const { name, namespace, uid, resourceVersion: version, creationTimestamp } = object.metadata
  const selector = Object.entries(scale?.selector.matchLabels ?? {})
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { creationTimestamp, name, namespace, resourceVersion: version, uid },
    spec: { replicas: scale?.replicas },
    status: { replicas: scale?.current, selector: selector.map(([key, value]) => `${key}=${value}`).join(',') },
  }
}

/** How often a followed log is looked at for new lines. */
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
