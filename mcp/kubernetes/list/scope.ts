/** Reads a list in the requested scope or, if that is forbidden, in the allowed part. */
import { both, msg } from '../../../shared/messages/create'
import { collectionPath } from '../../../shared/kubernetes/api'
import type { Coverage, ResultNote } from '../../../shared/result'
import { KubeError } from '../errors/errors'
import { checkRules, isDeniedNamespace } from '../rules'
import type { ApiResource, Cluster, KubeObject } from '../types'
import { coverageOf } from './coverage'
import { inParallel } from './in-parallel'
import { missingNamespace, namespaces } from './namespaces'
import { readPages } from './paging'
import type { RawList } from './paging'

export interface ListRequest {
  resource: ApiResource
  /** Absent: all namespaces. Ignored for cluster-scoped kinds. */
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  /** Reduces each object as it arrives. */
  keep?: ((object: KubeObject) => KubeObject) | undefined
  signal: AbortSignal
}

/** Namespaces read one by one for a user who may not list across all of them. */
const MAX_NAMESPACES = 50
const AT_ONCE = 8

interface Scoped {
  parts: RawList[]
  coverage: Coverage
}

type TableOption = { objects: 'metadata' | 'full' } | undefined

export async function readScope(
  cluster: Cluster,
  request: ListRequest,
  table: TableOption,
  most?: number,
): Promise<Scoped> {
  const { resource, namespace, labelSelector, fieldSelector, keep, signal } = request
  const inNamespace = resource.namespaced ? namespace : undefined
  checkRules(cluster.rules, resource, inNamespace)
  const read = (where: string | undefined) =>
    readPages(cluster.client, {
      path: collectionPath(resource, where),
      table,
      labelSelector,
      fieldSelector,
      most,
      keep,
      signal,
    })
  if (inNamespace !== undefined) {
    const part = await read(inNamespace)
    if (part.rows.length === 0) await checkEmpty(cluster, inNamespace, signal)
    return { parts: [part], coverage: coverageOf([part], { scope: 'namespaces', namespaces: [inNamespace] }) }
  }
  try {
    return withoutDenied(cluster, resource, await read(undefined))
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'forbidden') throw error
    if (!resource.namespaced) throw clusterWideRefusal(cluster, resource, error)
    return readAllowed(cluster, resource, read, error, signal)
  }
}

/** Cluster-scoped kinds have no readable subset; for namespaces themselves the context names one. */
function clusterWideRefusal({ defaultNamespace }: Cluster, { plural }: ApiResource, refusal: KubeError): KubeError {
  const user = String(refusal.params.user ?? '')
  const own = plural === 'namespaces' && defaultNamespace !== undefined
  const hint = own ? msg('kubeconfig-names-namespace', { namespace: defaultNamespace }) : undefined
  const params = { ...refusal.params, ...(own && { namespace: defaultNamespace }) }
  return new KubeError('forbidden', both(msg('may-not-list', { user, plural }), hint), params, refusal.raw)
}

/** An empty list of a nonexistent namespace is an error. */
async function checkEmpty(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<void> {
  const missing = await missingNamespace(cluster, namespace, signal)
  if (missing) throw missing
}

/** Removes what the operator excludes from a list of all namespaces, and reports it. */
function withoutDenied({ rules }: Cluster, { group, plural }: ApiResource, part: RawList): Scoped {
  const isNamespaces = group === '' && plural === 'namespaces'
  const rows = part.rows.filter(
    ({ object: { metadata } }) => !isDeniedNamespace(rules, isNamespaces ? metadata.name : metadata.namespace),
  )
  const kept = { ...part, rows }
  const coverage = coverageOf([kept], { scope: 'cluster' })
  if (rules.deniedNamespaces.size === 0) return { parts: [kept], coverage }
  const names = [...rules.deniedNamespaces].join(', ')
  const excluded = msg('namespaces-excluded', { namespaces: names })
  const note = { ...excluded, params: { ...excluded.params, left: part.rows.length - rows.length } }
  return { parts: [kept], coverage: { ...coverage, notes: [...coverage.notes, note] } }
}

/** If the user may not list across all namespaces, reads the allowed ones one by one. */
async function readAllowed(
  cluster: Cluster,
  { plural }: ApiResource,
  read: (namespace: string) => Promise<RawList>,
  refusal: KubeError,
  signal: AbortSignal,
): Promise<Scoped> {
  const existing = await namespaces(cluster, signal)
  const known = existing ?? [...new Set([cluster.defaultNamespace ?? 'default', ...cluster.knownNamespaces])]
  const candidates = known.filter((name) => !isDeniedNamespace(cluster.rules, name))
  const tried = candidates.slice(0, MAX_NAMESPACES)
  const answers = await inParallel(tried, AT_ONCE, async (namespace) => {
    try {
      return { namespace, part: await read(namespace) }
    } catch (error) {
      if (error instanceof KubeError && (error.code === 'forbidden' || error.code === 'not-found')) return { namespace }
      throw error
    }
  })
  const readable = answers.flatMap(({ namespace, part }) => (part ? [{ namespace, part }] : []))
  const user = String(refusal.params.user ?? '')
  if (readable.length === 0) {
    const detail = existing
      ? msg('may-not-list-any', { user, plural, count: existing.length })
      : msg('may-not-list-in', { user, plural, namespaces: candidates.join(', ') })
    throw new KubeError('forbidden', detail, refusal.params, refusal.raw)
  }
  const names = readable.map(({ namespace }) => namespace)
  const unread = existing?.filter((name) => !names.includes(name))
  const note = existing
    ? deniedNote(user, plural, names, unread ?? [], existing.length)
    : hiddenNote(user, plural, names)
  const scope = { scope: 'namespaces' as const, namespaces: names, ...(unread && { unreadNamespaces: unread }) }
  const parts = readable.map(({ part }) => part)
  // The total is unknown if some objects are not visible.
  const { total: _, ...coverage } = coverageOf(parts, scope)
  return { parts, coverage: { ...coverage, complete: false, notes: [note, ...coverage.notes] } }
}

function deniedNote(user: string, plural: string, read: string[], unread: string[], total: number): ResultNote {
  const names = unread.slice(0, 20).join(', ')
  const others = unread.length > 20 ? msg('and-more', { names, count: unread.length - 20 }) : names
  const params = { user, plural, read: read.join(', '), readCount: read.length, total }
  return msg('namespaces-denied', { ...params, unread: others })
}

function hiddenNote(user: string, plural: string, read: string[]): ResultNote {
  return msg('namespaces-hidden', { user, plural, read: read.join(', ') })
}
