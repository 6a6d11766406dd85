/** The objects, events and logs of one diagnosis, indexed for the checks. */
import type { ClusterEvent } from '../../../shared/kubernetes/events'
import { relatedOf } from '../../../shared/kubernetes/health/related'
import type { Related } from '../../../shared/kubernetes/health/related'
import { groupEvents } from '../../../shared/kubernetes/events'
import type { Revision } from '../../helm/storage'
import type { KubeObject } from '../../kubernetes/types'
import { keyOf, kindId, refOf } from '../ref'
import type { KindId, Ref } from '../types'
import type { CertificateEnd } from './read-certificates'

const SLICE: KindId = 'discovery.k8s.io/EndpointSlice'

/** The end of a container's log. */
export interface ContainerLog {
  container: string
  /** It is of the run before the current one. */
  previous: boolean
  /** Oldest first. */
  lines: string[]
}

interface WorldData {
  /** Milliseconds since the epoch. */
  now: number
  /** Objects of each kind that was read, also if there are none. */
  objects: ReadonlyMap<KindId, readonly KubeObject[]>
  /** Warnings. */
  events: readonly ClusterEvent[]
  /** Newest revisions of Helm releases with all their revisions; absent if not read. */
  releases?: readonly Revision[] | undefined
  /** Of TLS Secrets. */
  certificates?: readonly CertificateEnd[] | undefined
  /** What the lists of some kinds leave out; a kind that is absent here was read as a whole. */
  extents?: ReadonlyMap<KindId, Extent> | undefined
}

/** The part of a kind that its list covers. */
export interface Extent {
  /** Namespaces that were read; absent: all. */
  namespaces?: ReadonlySet<string> | undefined
  /** Namespaces that were left out of a list of all. */
  excluded?: ReadonlySet<string> | undefined
  /** Objects of any namespace may be left out: the list was cut, or filtered by a field. */
  isPartial?: boolean | undefined
}

export class World {
  readonly now: number
  readonly releases: readonly Revision[] | undefined
  readonly certificates: readonly CertificateEnd[]
  private relatedOnce: Related | undefined
  private readonly byKey = new Map<string, KubeObject>()
  private readonly children = new Map<string, KubeObject[]>()
  /** Warnings about any object, newest first. */
  readonly warnings: readonly ClusterEvent[]
  private readonly byObject = new Map<string, ClusterEvent[]>()
  private readonly logs = new Map<string, ContainerLog[]>()

  constructor(private readonly data: WorldData) {
    this.now = data.now
    this.releases = data.releases
    this.certificates = data.certificates ?? []
    for (const objects of data.objects.values()) for (const object of objects) this.index(object)
    this.warnings = groupEvents(data.events)
    for (const event of this.warnings) {
      const { group, kind, name, namespace } = event.object
      const key = keyOf({ kind: group ? `${group}/${kind}` : kind, namespace, name })
      push(this.byObject, key, event)
    }
  }

  private index(object: KubeObject): void {
    this.byKey.set(keyOf(refOf(object)), object)
    const { namespace, ownerReferences = [] } = object.metadata
    for (const { apiVersion, kind, name } of ownerReferences) {
      push(this.children, keyOf({ kind: kindId(apiVersion, kind), namespace, name }), object)
    }
  }

  /** Objects of a kind; empty if there are none or the kind was not read. */
  list(kind: KindId): readonly KubeObject[] {
    return this.data.objects.get(kind) ?? []
  }

  kinds(): readonly KindId[] {
    return [...this.data.objects.keys()]
  }

  wasRead(kind: KindId): boolean {
    return this.data.objects.has(kind)
  }

  find(ref: Ref): KubeObject | undefined {
    return this.byKey.get(keyOf(ref))
  }

  /** True if all objects of the kind in the namespace were read; of a cluster-scoped kind, all of them. */
  covers(kind: KindId, namespace: string | undefined): boolean {
    if (!this.wasRead(kind)) return false
    const extent = this.data.extents?.get(kind)
    if (!extent) return true
    const { namespaces, excluded, isPartial = false } = extent
    if (isPartial) return false
    if (namespace === undefined) return namespaces === undefined
    return (namespaces?.has(namespace) ?? true) && !excluded?.has(namespace)
  }

  /** True only if all objects of its kind and namespace were read and it is not among them. */
  isMissing(ref: Ref): boolean {
    const isExcluded = ref.kind === 'Namespace' && this.data.extents?.get(ref.kind)?.excluded?.has(ref.name) === true
    return !isExcluded && this.covers(ref.kind, ref.namespace) && !this.find(ref)
  }

  /** Ready endpoints of a Service; undefined if its slices were not read. */
  readyEndpoints({ namespace, name }: Pick<Ref, 'namespace' | 'name'>): number | undefined {
    if (!this.covers(SLICE, namespace)) return undefined
    return this.related.endpoints?.get(`${namespace ?? ''}/${name}`)?.ready ?? 0
  }

  /** Objects that name this one as an owner. */
  owned(ref: Ref): readonly KubeObject[] {
    return this.children.get(keyOf(ref)) ?? []
  }

  /** Warnings about an object, newest first, those of an earlier object of its name left out. */
  events(object: KubeObject, reason?: RegExp): readonly ClusterEvent[] {
    const all = this.byObject.get(keyOf(refOf(object))) ?? []
    const { uid, name } = object.metadata
    return all.filter(
      (event) =>
        (reason === undefined || reason.test(event.reason)) &&
        (!event.object.uid || !uid || event.object.uid === uid || event.object.uid === name),
    )
  }

  addLog(pod: Ref, log: ContainerLog): void {
    push(this.logs, keyOf(pod), log)
  }

  /** The log that was read of a container; undefined if none was. */
  log(pod: Ref, container: string): ContainerLog | undefined {
    return this.logs.get(keyOf(pod))?.find((each) => each.container === container)
  }

  /** Endpoints, classes and mounted claims of the lists that were read, computed once. */
  get related(): Related {
    const { objects } = this.data
    return (this.relatedOnce ??= relatedOf({
      endpointSlices: objects.get(SLICE),
      storageClasses: objects.get('storage.k8s.io/StorageClass'),
      pods: objects.get('Pod'),
    }))
  }

  /** Number of objects that were read. */
  get size(): number {
    return this.byKey.size
  }
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
