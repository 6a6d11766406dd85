/**
 * Reads objects and lists in the requested scope or, if that is forbidden, in the allowed part; coverage tells which.
 */
import type { Coverage, ResultNote } from '../../../shared/result'
import { KubeError } from '../errors/errors'
import { inParallel } from './in-parallel'
import { nearest } from '../discovery/near'
import { MAX_ITEMS, objectSchema, readPages, toObject } from './paging'
import type { RawColumn, RawList, RawRow } from './paging'
import { collectionPath, objectPath } from '../../../shared/kubernetes/api'
import { plainColumns, plainCells } from './plain-columns'
import { checkRules, isDeniedNamespace } from '../rules'
import type { ApiResource, Cluster, KubeObject } from '../types'

export interface ListRequest {
  resource: ApiResource
  /** Absent: all namespaces. Ignored for cluster-scoped kinds. */
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  signal: AbortSignal
}

export interface TableColumn {
  /** In capitals, as kubectl prints it. */
  name: string
  /** 0: always shown; higher: only with `-o wide`. */
  priority: number
  type: string
}

export interface TableRow {
  cells: string[]
  object: KubeObject
}

export interface TableList {
  columns: TableColumn[]
  rows: TableRow[]
  coverage: Coverage
}

export interface ObjectList {
  items: KubeObject[]
  coverage: Coverage
}

/** Namespaces read one by one for a user who may not list across all of them. */
const MAX_NAMESPACES = 50
const AT_ONCE = 8

/** Up to this many names are shown in full. */
const FEW = 8

/**
 * The API's own table of a kind. Row objects hold only metadata unless `objects` is `full`.
 * @throws KubeError `missing-namespace` with similar names; `forbidden` if nothing is readable
 */
export async function listTable(
  cluster: Cluster,
  request: ListRequest & { objects: 'metadata' | 'full' },
): Promise<TableList> {
  const { parts, coverage } = await readScope(cluster, request, { objects: request.objects })
  const [first] = parts
  const columns = first?.columns
  if (columns) return { columns: columns.map(toColumn), rows: parts.flatMap((part) => part.rows).map(toRow), coverage }
  const plain = await plainColumns(cluster, request.resource, request.signal)
  const rows = parts.flatMap((part) => part.rows).map(({ object }) => ({ cells: plainCells(plain, object), object }))
  return { columns: plain.map(({ name, priority, type }) => ({ name, priority, type })), rows, coverage }
}

/**
 * The objects themselves.
 * @throws KubeError as listTable
 */
export async function listObjects(cluster: Cluster, request: ListRequest): Promise<ObjectList> {
  const { parts, coverage } = await readScope(cluster, request, undefined)
  const { resource } = request
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
  // List items lack apiVersion and kind.
  const items = parts.flatMap((part) => part.rows).map(({ object }) => ({ apiVersion, kind: resource.kind, ...object }))
  return { items, coverage }
}

/**
 * One object.
 * @throws KubeError `not-found` with similar names in that namespace; `missing-namespace`; `forbidden`
 */
export async function getObject(
  cluster: Cluster,
  request: { resource: ApiResource; namespace?: string | undefined; name: string; signal: AbortSignal },
): Promise<KubeObject> {
  const { resource, name, signal } = request
  const { namespaced } = resource
  const namespace = namespaced ? (request.namespace ?? (await findNamespace(cluster, request))) : undefined
  checkRules(cluster.rules, resource, namespaced ? namespace : undefined, name)
  try {
    return toObject(await cluster.client.get(objectPath(resource, namespace, name), { schema: objectSchema, signal }))
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'not-found') throw error
    throw await missingObject(cluster, resource, namespace, name, signal)
  }
}

/** For a name without a namespace: the only namespace that has it, otherwise the context's. */
async function findNamespace(
  cluster: Cluster,
  { resource, name, signal }: { resource: ApiResource; name: string; signal: AbortSignal },
): Promise<string> {
  const fieldSelector = `metadata.name=${name}`
  const { parts } = await readScope(cluster, { resource, fieldSelector, signal }, { objects: 'metadata' })
  const found = parts.flatMap(({ rows }) => rows.flatMap(({ object }) => object.metadata.namespace ?? []))
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  const context = cluster.defaultNamespace ?? 'default'
  if (found.includes(context)) return context
  if (only === undefined) throw await missingObject(cluster, resource, undefined, name, signal)
  throw new KubeError(
    'invalid-arguments',
    `${found.length} namespaces have a ${resource.kind} ${name}: ${found.slice(0, 20).join(', ')}. Name one.`,
    { kind: resource.kind, name, namespaces: found.join(', ') },
  )
}

async function missingObject(
  cluster: Cluster,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  signal: AbortSignal,
): Promise<KubeError> {
  const { kind } = resource
  if (namespace !== undefined) {
    const missing = await missingNamespace(cluster, namespace, signal)
    if (missing) return missing
  }
  const where = namespace !== undefined ? ` in ${namespace}` : resource.namespaced ? ' in any namespace' : ''
  const names = await namesOf(cluster, resource, namespace, signal)
  const near = nearest(name, names)
  const others = names.length <= FEW ? `: ${names.join(', ')}` : ''
  const count = names.length > 0 ? ` There are ${names.length} others${others}.` : ''
  const hint = near.length > 0 ? ` Near names: ${near.join(', ')}.` : count
  const params = { kind, name, namespace: namespace ?? '', near: near.join(', ') }
  return new KubeError('not-found', `There is no ${kind} ${name}${where}.${hint}`, params)
}

async function namesOf(
  cluster: Cluster,
  resource: ApiResource,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const { parts } = await readScope(cluster, { resource, namespace, signal }, { objects: 'metadata' }, 2000)
    return [...new Set(parts.flatMap(({ rows }) => rows.map(({ object }) => object.metadata.name)))]
  } catch (error) {
    // Suggestions are optional: without the right to list there are none.
    if (error instanceof KubeError && !error.concernsEveryCall) return []
    throw error
  }
}

/** Undefined if the namespace exists or this is unknown. */
async function missingNamespace(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<KubeError | undefined> {
  try {
    await cluster.client.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`, { schema: objectSchema, signal })
    return undefined
  } catch (error) {
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
    if (error.code !== 'not-found') return undefined
    const all = await namespaces(cluster, signal)
    const near = nearest(namespace, all ?? cluster.knownNamespaces)
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
    return new KubeError('missing-namespace', `There is no namespace ${namespace}.${hint}`, {
      namespace,
      near: near.join(', '),
    })
  }
}

/** Names of all namespaces; undefined if listing them is forbidden. */
export async function namespaces(cluster: Cluster, signal: AbortSignal): Promise<string[] | undefined> {
  try {
    const { rows } = await readPages(cluster.client, {
      path: '/api/v1/namespaces',
      table: { objects: 'metadata' },
      signal,
    })
    return rows.map(({ object }) => object.metadata.name)
  } catch (error) {
    if (error instanceof KubeError && error.code === 'forbidden') return undefined
    throw error
  }
}

interface Scoped {
  parts: RawList[]
  coverage: Coverage
}

type TableOption = { objects: 'metadata' | 'full' } | undefined

async function readScope(cluster: Cluster, request: ListRequest, table: TableOption, most?: number): Promise<Scoped> {
  const { resource, namespace, labelSelector, fieldSelector, signal } = request
  const inNamespace = resource.namespaced ? namespace : undefined
  checkRules(cluster.rules, resource, inNamespace)
  const read = (where: string | undefined) =>
    readPages(cluster.client, {
      path: collectionPath(resource, where),
      table,
      labelSelector,
      fieldSelector,
      most,
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
  const hint = own ? ` The kubeconfig names the namespace ${defaultNamespace}; others may exist.` : ''
  const params = { ...refusal.params, ...(own && { namespace: defaultNamespace }) }
  return new KubeError('forbidden', `User ${user} may not list ${plural}.${hint}`, params, refusal.raw)
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
  const left = part.rows.length - rows.length
  const kept = { ...part, rows }
  const coverage = coverageOf([kept], { scope: 'cluster' })
  if (rules.deniedNamespaces.size === 0) return { parts: [kept], coverage }
  const names = [...rules.deniedNamespaces].join(', ')
  const note = {
    code: 'namespaces-excluded',
    params: { namespaces: names, left },
    text: `The operator has excluded these namespaces: ${names}.`,
  }
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
    const where = existing ? `any of the ${existing.length} namespaces` : candidates.join(', ')
    const hint = existing ? '' : ' Name a namespace that you may read.'
    throw new KubeError(
      'forbidden',
      `User ${user} may not list ${plural} of all namespaces, nor in ${where}.${hint}`,
      refusal.params,
      refusal.raw,
    )
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
  const others = unread.slice(0, 20).join(', ') + (unread.length > 20 ? `, and ${unread.length - 20} more` : '')
  return {
    code: 'namespaces-denied',
    params: { user, plural, read: read.join(', '), readCount: read.length, total, unread: others },
    text: `${read.length} of ${total} namespaces were read: ${read.join(', ')}. User ${user} may not list ${plural} in the others: ${others}.`,
  }
}

function hiddenNote(user: string, plural: string, read: string[]): ResultNote {
  return {
    code: 'namespaces-hidden',
    params: { user, plural, read: read.join(', ') },
    text: `Only ${read.join(', ')} was read; user ${user} may not list ${plural} of all namespaces, so other namespaces are not visible. This is no total.`,
  }
}

function coverageOf(
  parts: readonly RawList[],
  scope: Pick<Coverage, 'scope' | 'namespaces' | 'unreadNamespaces'>,
): Coverage {
  const shown = parts.reduce((sum, { rows }) => sum + rows.length, 0)
  const cut = parts.filter((part) => part.cut)
  const remaining = cut.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each.cut?.remaining === undefined ? undefined : sum + each.cut.remaining),
    0,
  )
  const notes: ResultNote[] = []
  if (cut.length > 0)
    notes.push({
      code: 'list-cut',
      params: { shown, most: MAX_ITEMS },
      text: `Not all were read: the first ${shown}${remaining === undefined ? '' : ` of ${shown + remaining}`}.`,
    })
  if (parts.some((part) => part.changed))
    notes.push({
      code: 'changed-while-reading',
      params: {},
      text: 'The list changed while it was read: it is not complete.',
    })
  return {
    ...scope,
    shown,
    ...(remaining !== undefined && { total: shown + remaining }),
    complete: cut.length === 0 && !parts.some((part) => part.changed),
    notes,
  }
}

function toColumn({ name, priority, type }: RawColumn): TableColumn {
  return { name: name.toUpperCase(), priority, type }
}

function toRow({ cells, object }: RawRow): TableRow {
  return { cells: (cells ?? []).map(cellText), object }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '<none>'
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
