/** Reads events of an object, a kind or namespaces. */
import { msg } from '../../../shared/messages/create'
import type { Coverage, ResultNote } from '../../../shared/result'
import { readEvent, type ClusterEvent } from '../../../shared/kubernetes/events'
import { listObjects } from '../list/list'
import type { ApiResource, Cluster, KubeObject } from '../types'
import { builtInKind } from '../../../shared/kubernetes/built-in-kinds'

const EVENTS: ApiResource = { ...builtInKind('Event'), verbs: ['get', 'list', 'watch'] }

export interface EventsRequest {
  /** Kind of the involved objects; all kinds if absent. */
  resource?: ApiResource | undefined
  name?: string | undefined
  /** The current object, to exclude events of an earlier one with the same name. */
  object?: KubeObject | undefined
  /** Absent: all namespaces. */
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  signal: AbortSignal
}

export interface EventList {
  /** Ungrouped, in the API's order. */
  events: ClusterEvent[]
  coverage: Coverage
}

/**
 * Selects by kind and name on the API server, so that one object's events are found among any number of others.
 * @throws KubeError as listObjects
 */
export async function listEvents(cluster: Cluster, request: EventsRequest): Promise<EventList> {
  const { resource, name, object, signal, labelSelector } = request
  const selectors = [
    resource && `involvedObject.kind=${resource.kind}`,
    name !== undefined && `involvedObject.name=${name}`,
    request.fieldSelector,
  ]
  // Events of cluster-scoped objects are in `default`, or in a namespace that their writer chose.
  const everywhere = resource !== undefined && !resource.namespaced
  const { items, coverage } = await listObjects(cluster, {
    resource: EVENTS,
    namespace: everywhere ? undefined : request.namespace,
    labelSelector,
    fieldSelector: selectors.filter(Boolean).join(',') || undefined,
    signal,
  })
  const events = items.flatMap((item) => readEvent(item) ?? []).filter((event) => isOfGroup(event, resource))
  if (!object) return { events, coverage }
  const own = events.filter((event) => isOfObject(event, object))
  const notes = own.length < events.length ? [earlierObjectNote(object, events.length - own.length)] : []
  return { events: own, coverage: { ...coverage, notes: [...coverage.notes, ...notes] } }
}

function isOfGroup(event: ClusterEvent, resource: ApiResource | undefined): boolean {
  return resource === undefined || event.object.group === undefined || event.object.group === resource.group
}

// The kubelet writes a node's name as its uid, and some controllers write no uid.
function isOfObject(event: ClusterEvent, object: KubeObject): boolean {
  const { uid, name } = object.metadata
  return !event.object.uid || !uid || event.object.uid === uid || event.object.uid === name
}

function earlierObjectNote(object: KubeObject, count: number): ResultNote {
  const { name } = object.metadata
  return msg('events-of-earlier-object', { name, n: count, kind: object.kind ?? '' })
}
