/** Reads for the facts of a change: deduplicated, never fatal, and within one deadline. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'
import { objectSchema, readPages, toObject } from '../../kubernetes/list/paging'
import { collectionPath, groupOf, objectPath } from '../../../shared/kubernetes/api'
import { checkRules } from '../../kubernetes/rules'
import type { ApiResource, Cluster, KubeObject } from '../../kubernetes/types'
import { controllerOf } from './owners/owner-references'

/** The value, or why it is unreadable. */
export type Read<Value> = { value: Value } | { unread: Message }

export interface Reads {
  /**
   * Objects of a kind such as `autoscaling/HorizontalPodAutoscaler`; empty if the cluster lacks the kind.
   * @param name reads only objects of this name
   */
  list: (kind: string, namespace?: string, name?: string) => Promise<Read<KubeObject[]>>
  /** Undefined if the object or its kind does not exist. */
  object: (kind: string, namespace: string | undefined, name: string) => Promise<Read<KubeObject | undefined>>
  /** Nearest owner first, as far as they exist and are readable. */
  owners: (object: KubeObject) => Promise<KubeObject[]>
  /** Metadata of a kind's objects; `cut` if more exist. */
  metadata: (resource: ApiResource, scope: Scope) => Promise<Read<{ items: KubeObject[]; cut: boolean }>>
  /** The number of objects without reading them; `more` if the API does not report it. */
  count: (resource: ApiResource, scope: Scope) => Promise<Read<{ count: number; more: boolean }>>
  /** Listable kinds, each in its group's preferred version. */
  resources: () => Promise<ApiResource[]>
}

export interface Scope {
  namespace?: string | undefined
  fieldSelector?: string
}

/** The user waits for the card. In milliseconds. */
const MAX_MS = 3_000

/** Enough to find the objects that select or target one object. */
const MOST = 2_000

const MAX_OWNERS = 5

/** One for each draft, shared by all its operations. */
export function openReads(cluster: Cluster, caller: AbortSignal, maxMs: number = MAX_MS): Reads {
  const signal = AbortSignal.any([caller, AbortSignal.timeout(maxMs)])
  const lists = new Map<string, Promise<Read<KubeObject[]>>>()
  const objects = new Map<string, Promise<Read<KubeObject | undefined>>>()
  const parts = new Map<string, Promise<Read<{ items: KubeObject[]; cut: boolean }>>>()

  async function read<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Read<Value>> {
    try {
      signal.throwIfAborted()
      return { value: await work(signal) }
    } catch (error) {
      caller.throwIfAborted()
      if (signal.aborted) return { unread: msg('read-too-long', { seconds: maxMs / 1000 }) }
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      return { unread: error.detail }
    }
  }

  /** Deduplicates concurrent and repeated reads. */
  function once<Value>(
    kept: Map<string, Promise<Read<Value>>>,
    key: string,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Read<Value>> {
    const value = kept.get(key) ?? read(work)
    kept.set(key, value)
    return value
  }

  async function resources(): Promise<ApiResource[]> {
    // Usually cached already, so it does not count as a read of this draft.
    const found = new Map<string, ApiResource>()
    for (const each of await cluster.discovery.all(caller)) {
      const key = `${each.group}/${each.plural}`
      if (!found.has(key)) found.set(key, each)
    }
    return [...found.values()]
  }

  async function resourceOf(kind: string): Promise<ApiResource | undefined> {
    const [group, name] = splitKind(kind)
    return (await resources()).find((each) => each.group === group && each.kind === name)
  }

  const list: Reads['list'] = (kind, namespace, name) =>
    once(lists, `${kind} ${namespace ?? ''} ${name ?? ''}`, async (within) => {
      const resource = await resourceOf(kind)
      if (!resource) return []
      checkRules(cluster.rules, resource, namespace)
      const path = collectionPath(resource, namespace)
      const fieldSelector = name === undefined ? undefined : `metadata.name=${name}`
      const { rows, cut } = await readPages(cluster.client, { path, fieldSelector, most: MOST, signal: within })
      if (cut) throw new KubeError('too-large', msg('read-too-many', { most: MOST, plural: resource.plural }))
      return rows.map(({ object }) => ({ ...object, kind: resource.kind }))
    })

  const object: Reads['object'] = (kind, namespace, name) =>
    once(objects, `${kind} ${namespace ?? ''} ${name}`, async (within) => {
      const resource = await resourceOf(kind)
      if (!resource) return undefined
      const where = resource.namespaced ? namespace : undefined
      checkRules(cluster.rules, resource, where, name)
      const path = objectPath(resource, where, name)
      try {
        return toObject(await cluster.client.get(path, { schema: objectSchema, signal: within }))
      } catch (error) {
        if (error instanceof KubeError && error.code === 'not-found') return undefined
        throw error
      }
    })

  const metadata: Reads['metadata'] = (resource, { namespace, fieldSelector }) =>
    once(parts, `${resource.group}/${resource.plural} ${namespace ?? ''} ${fieldSelector ?? ''}`, async (within) => {
      checkRules(cluster.rules, resource, namespace)
      const request = { path: collectionPath(resource, namespace), fieldSelector, most: MOST, signal: within }
      const { rows, cut } = await readPages(cluster.client, { ...request, table: { objects: 'metadata' } })
      return { items: rows.map(({ object }) => ({ ...object, kind: resource.kind })), cut: cut !== undefined }
    })

  const count: Reads['count'] = (resource, { namespace, fieldSelector }) =>
    read(async (within) => {
      checkRules(cluster.rules, resource, namespace)
      const request = { path: collectionPath(resource, namespace), fieldSelector, most: 1, signal: within }
      const { rows, cut } = await readPages(cluster.client, { ...request, table: { objects: 'metadata' } })
      return { count: rows.length + (cut?.remaining ?? 0), more: cut !== undefined && cut.remaining === undefined }
    })

  const owners: Reads['owners'] = async (of) => {
    const chain: KubeObject[] = []
    for (let each: KubeObject | undefined = of; each && chain.length < MAX_OWNERS;) {
      const reference = controllerOf(each)
      if (!reference) break
      const { apiVersion, kind, name, uid } = reference
      const found = await object(
        `${groupOf(apiVersion)}/${kind}`,
        each.metadata.namespace ?? of.metadata.namespace,
        name,
      )
      each = 'value' in found ? found.value : undefined
      // An object with that name but another UID is not the owner.
      if (!each || (uid !== '' && each.metadata.uid !== uid)) break
      chain.push(each)
    }
    return chain
  }

  return { list, object, owners, metadata, count, resources }
}

function splitKind(kind: string): [group: string, kind: string] {
  const at = kind.lastIndexOf('/')
  return at < 0 ? ['', kind] : [kind.slice(0, at), kind.slice(at + 1)]
}
