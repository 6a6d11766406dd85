/** Watches: the state when one is asked for, then silence until the client or `timeoutSeconds` ends it. */
import type { ServerResponse } from 'node:http'
import type { Scene } from '../scene'
import type { Page } from './list'
import { toTable, type IncludeObject, type Representation } from './represent'
import type { Resource } from './resource'
import { isTrue } from './logs'

/**
 * Serves `watch=true`. A client that names a resource version has the state already and is sent nothing.
 * @param page all that the watch selects
 */
export function serveWatch(
  response: ServerResponse,
  resource: Resource,
  page: Page,
  scene: Scene,
  query: URLSearchParams,
  as: { representation: Representation; include: IncludeObject },
): void {
  response.writeHead(200, { 'Cache-Control': 'no-cache, private', 'Content-Type': 'application/json' })
  response.flushHeaders()
  const send = (type: string, object: object) => response.write(`${JSON.stringify({ type, object })}\n`)
  const initial = isTrue(query.get('sendInitialEvents'))
  if (initial || ['', '0'].includes(query.get('resourceVersion') ?? '')) {
    for (const entry of page.entries) {
      const one = { entries: [entry], metadata: { resourceVersion: entry.object.metadata.resourceVersion } }
      send('ADDED', as.representation === 'table' ? toTable(resource, one, scene, as.include) : entry.object)
    }
  }
  // client-go's WatchList waits for this bookmark before it takes the initial state as complete.
  if (initial) {
    const { group, version, kind } = resource
    const { resourceVersion } = page.metadata
    const annotations = { 'k8s.io/initial-events-end': 'true' }
    const apiVersion = group ? `${group}/${version}` : version
    send('BOOKMARK', { kind, apiVersion, metadata: { annotations, creationTimestamp: null, resourceVersion } })
  }
  const seconds = Number(query.get('timeoutSeconds') ?? 0)
  if (seconds > 0) {
    const timer = setTimeout(() => response.end(), seconds * 1000)
    response.on('close', () => clearTimeout(timer))
  }
}
