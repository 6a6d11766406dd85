/** Reads the world: one round of parallel lists, within a deadline; what cannot be read becomes a note. */
import { collectionPath, apiVersionOf } from '../../../shared/kubernetes/api'
import { builtInKind } from '../../../shared/kubernetes/built-in-kinds'
import { readEvent } from '../../../shared/kubernetes/events'
import { msg } from '../../../shared/messages/create'
import type { Message } from '../../../shared/messages/message'
import type { ResultNote } from '../../../shared/result'
import { listRevisions, withoutSecretRule } from '../../helm/storage'
import { KubeError } from '../../kubernetes/errors/errors'
import { inParallel } from '../../kubernetes/list/in-parallel'
import { readPages } from '../../kubernetes/list/paging'
import { readScope } from '../../kubernetes/list/scope'
import { checkRules } from '../../kubernetes/rules'
import type { ApiResource, Cluster, KubeObject } from '../../kubernetes/types'
import type { KindId } from '../types'
import { idOf, kindsToRead, METADATA_ONLY } from './kinds'
import { readCertificates } from './read-certificates'
import { slim } from './slim'
import { World } from './world'
import type { Extent } from './world'

/** Requests at once. */
const AT_ONCE = 16

/** In milliseconds. */
const MAX_MS = 8_000

/** Maximum objects of one kind. */
const MOST = 20_000

const EVENTS: ApiResource = { ...builtInKind('Event'), verbs: ['list'] }

export interface WorldOptions {
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now: number
  /** In milliseconds; later answers are not waited for. */
  maxMs?: number | undefined
  /** Kinds beside those of every diagnosis. */
  also?: readonly KindId[]
  /** Receives each object as it was read, before its details are dropped. */
  observe?: (object: KubeObject) => void
}

export interface Scope {
  /** Absent: all namespaces. */
  namespace?: string | undefined
  /** Reads only the pods of this node. */
  node?: string | undefined
}

interface ReadWorld {
  world: World
  notes: ResultNote[]
  /** The user may not list in all namespaces: those that were read. */
  namespaces: string[] | undefined
}

interface Part {
  items: KubeObject[]
  /** The list ended at the limit. */
  cut: boolean
  extent: Extent
}

type Read = { id: KindId; part: Part } | { id: KindId; unread: Message }

/** @throws KubeError if it concerns every call, or if not even pods can be read */
export async function readWorld(
  cluster: Cluster,
  scope: Scope,
  { signal: caller, now, maxMs = MAX_MS, also = [], observe }: WorldOptions,
): Promise<ReadWorld> {
  const signal = AbortSignal.any([caller, AbortSignal.timeout(maxMs)])
  const { resources, left } = await kindsToRead(cluster, scope.namespace, caller, also)
  const attempt = async <Value>(
    id: KindId,
    work: () => Promise<Value>,
  ): Promise<Value | { unread: Message; id: KindId }> => {
    try {
      return await work()
    } catch (error) {
      caller.throwIfAborted()
      if (signal.aborted) return { id, unread: msg('read-too-long', { seconds: maxMs / 1000 }) }
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      if (id === 'Pod') throw error
      return { id, unread: error.detail }
    }
  }
  const [reads, events, releases, certificates] = await Promise.all([
    inParallel(resources, AT_ONCE, (resource): Promise<Read> => {
      const id = idOf(resource)
      return attempt(id, async () => ({ id, part: await readKind(cluster, resource, scope, { signal, observe }) }))
    }),
    attempt('Event', () => readKind(cluster, EVENTS, scope, { signal }, 'type=Warning')),
    attempt('Helm releases', async () => await listRevisions(cluster, { namespace: scope.namespace, signal })),
    attempt('TLS certificates', () => readCertificates(cluster, scope.namespace, signal)),
  ])
  const objects = new Map<KindId, KubeObject[]>()
  const unread: { id: KindId; unread: Message }[] = []
  const cut: KindId[] = []
  const extents = new Map<KindId, Extent>()
  for (const read of reads) {
    if ('unread' in read) unread.push(read)
    else {
      objects.set(read.id, read.part.items)
      extents.set(read.id, read.part.extent)
      if (read.part.cut) cut.push(read.id)
    }
  }
  if ('unread' in events) unread.push(events)
  if ('unread' in releases) unread.push(releases)
  if ('unread' in certificates) unread.push(certificates)
  const world = new World({
    now,
    objects,
    events: 'unread' in events ? [] : events.items.flatMap((item) => readEvent(item) ?? []),
    releases: 'unread' in releases ? undefined : releases.revisions,
    certificates: 'unread' in certificates ? undefined : certificates,
    extents,
  })
  const namespaces = scope.namespace === undefined ? extents.get('Pod')?.namespaces : undefined
  return { world, notes: notesOf(unread, cut, left), namespaces: namespaces && [...namespaces] }
}

async function readKind(
  cluster: Cluster,
  resource: ApiResource,
  { namespace, node }: Scope,
  { signal, observe }: Pick<WorldOptions, 'signal' | 'observe'>,
  selector?: string,
): Promise<Part> {
  const id = idOf(resource)
  const where = resource.namespaced ? namespace : undefined
  const isOfNode = id === 'Pod' && node !== undefined
  const fieldSelector = isOfNode ? `spec.nodeName=${node}` : selector
  const table = METADATA_ONLY.has(id) ? ({ objects: 'metadata' } as const) : undefined
  const apiVersion = apiVersionOf(resource)
  // Only names of Secrets are read, so the rule against their content does not apply.
  const readable = id === 'Secret' ? withoutSecretRule(cluster) : cluster
  const keep = (read: KubeObject): KubeObject => {
    const object = { apiVersion, kind: resource.kind, ...withoutKind(read) }
    observe?.(object)
    return slim(object)
  }
  if (where !== undefined || !resource.namespaced) {
    checkRules(readable.rules, resource, where)
    const path = collectionPath(resource, where)
    const { rows, cut, changed } = await readPages(cluster.client, {
      path,
      table,
      fieldSelector,
      most: MOST,
      keep,
      signal,
    })
    const extent: Extent = {
      ...(where !== undefined && { namespaces: new Set([where]) }),
      isPartial: cut !== undefined || changed || isOfNode,
    }
    return { items: rows.map(({ object }) => object), cut: cut !== undefined, extent }
  }
  const { parts, coverage } = await readScope(readable, { resource, fieldSelector, keep, signal }, table, MOST)
  const cut = parts.some((part) => part.cut !== undefined)
  return {
    items: parts.flatMap(({ rows }) => rows.map(({ object }) => object)),
    cut,
    extent: {
      ...(coverage.scope === 'namespaces' && { namespaces: new Set(coverage.namespaces) }),
      excluded: cluster.rules.deniedNamespaces,
      isPartial: cut || parts.some(({ changed }) => changed) || isOfNode,
    },
  }
}

/** A row of a table has the kind PartialObjectMetadata. */
function withoutKind({ apiVersion: _, kind: __, ...object }: KubeObject): KubeObject {
  return object
}

/** One note for each reason. */
function notesOf(unread: { id: KindId; unread: Message }[], cut: KindId[], left: number): ResultNote[] {
  const notes: ResultNote[] = []
  const [first] = unread
  if (first) {
    const kinds = unread.map(({ id }) => id.slice(id.lastIndexOf('/') + 1)).join(', ')
    notes.push(msg('diagnose-unread', { kinds, reason: first.unread }))
  }
  if (cut.length > 0) notes.push(msg('diagnose-cut', { kinds: cut.join(', '), most: MOST }))
  if (left > 0) notes.push(msg('diagnose-kinds-left', { n: left }))
  return notes
}
