/** Watches: the initial state if requested, then changes, until the client or `timeoutSeconds` ends it. */
import type { ServerResponse } from 'node:http'
import { isTrue } from './logs'
import { toTable, type IncludeObject, type Representation } from './represent'
import { inOrder } from './send'
import type { Entry, Resource } from './resource'
import type { Scene } from '../scene'

/** The selected objects at one moment. */
export interface Look {
  entries: Entry[]
  scene: Scene
  resourceVersion: string
}

/** Polling interval: the cluster also changes with time alone. */
const LOOK_MS = 500

/**
 * Serves `watch=true`. A client that sends a resource version has that state and gets newer changes.
 * @param look returns all selected objects now
 */
export function serveWatch(
  response: ServerResponse,
  resource: Resource,
  look: () => Look,
  query: URLSearchParams,
  as: { representation: Representation; include: IncludeObject },
): void {
  response.writeHead(200, { 'Cache-Control': 'no-cache, private', 'Content-Type': 'application/json' })
  response.flushHeaders()
  const first = look()
  const send = (type: string, object: object) => response.write(`${JSON.stringify({ type, object }, inOrder)}\n`)
  const sendEntry = (type: string, entry: Entry, scene: Scene) => {
    const one = { entries: [entry], metadata: { resourceVersion: entry.object.metadata.resourceVersion } }
    send(type, as.representation === 'table' ? toTable(resource, one, scene, as.include) : entry.object)
  }
  const initial = isTrue(query.get('sendInitialEvents'))
  const since = Number(query.get('resourceVersion') ?? 0)
  const isNew = ({ object: { metadata } }: Entry) => initial || since === 0 || Number(metadata.resourceVersion) > since
  for (const entry of first.entries.filter(isNew)) sendEntry('ADDED', entry, first.scene)
  // client-go's WatchList waits for this bookmark to complete the initial state.
  if (initial) {
    const { group, version, kind } = resource
    const annotations = { 'k8s.io/initial-events-end': 'true' }
    const apiVersion = group ? `${group}/${version}` : version
    const metadata = { annotations, creationTimestamp: null, resourceVersion: first.resourceVersion }
    send('BOOKMARK', { kind, apiVersion, metadata })
  }
  let before = byUid(first.entries)
  const timer = setInterval(() => {
    const { entries, scene } = look()
    const now = byUid(entries)
    for (const [uid, { entry, text }] of now) {
      const known = before.get(uid)
      if (known?.text !== text) sendEntry(known ? 'MODIFIED' : 'ADDED', entry, scene)
    }
    for (const [uid, { entry }] of before) if (!now.has(uid)) sendEntry('DELETED', entry, scene)
    before = now
  }, LOOK_MS)
  response.on('close', () => clearInterval(timer))
  const seconds = Number(query.get('timeoutSeconds') ?? 0)
  if (seconds > 0) {
    const timeout = setTimeout(() => response.end(), seconds * 1000)
    response.on('close', () => clearTimeout(timeout))
  }
}

function byUid(entries: Entry[]): Map<string, { entry: Entry; text: string }> {
  return new Map(entries.map((entry) => [entry.object.metadata.uid, { entry, text: JSON.stringify(entry.object) }]))
}
