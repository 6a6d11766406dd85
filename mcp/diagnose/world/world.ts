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
  /** Namespaces that were read; absent: all. */
  namespaces?: ReadonlySet<string> | undefined
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

  /** True only if its kind and namespace were read and it is not among them. */
  isMissing(ref: Ref): boolean {
    const { namespaces } = this.data
    const isInScope = ref.namespace === undefined || namespaces === undefined || namespaces.has(ref.namespace)
    return isInScope && this.wasRead(ref.kind) && !this.find(ref)
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

  /** Endpoints, classes and mounted claims, computed once. */
  get related(): Related {
    return (this.relatedOnce ??= relatedOf({
      endpointSlices: this.list('discovery.k8s.io/EndpointSlice'),
      storageClasses: this.list('storage.k8s.io/StorageClass'),
      pods: this.list('Pod'),
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
