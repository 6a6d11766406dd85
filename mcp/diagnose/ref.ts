/** References to objects, and their keys. */
import { groupOf } from '../../shared/kubernetes/api'
import type { FindingObject } from '../../shared/findings'
import type { KubeObject } from '../kubernetes/types'
import type { KindId, Ref } from './types'

/** `apps/Deployment` for `apps/v1` and `Deployment`. */
export function kindId(apiVersion: string, kind: string): KindId {
  const group = groupOf(apiVersion)
  return group === '' ? kind : `${group}/${kind}`
}

export function refOf({ apiVersion = 'v1', kind = '', metadata }: KubeObject): Ref {
  return { kind: kindId(apiVersion, kind), namespace: metadata.namespace, name: metadata.name }
}

export function keyOf({ kind, namespace = '', name }: Ref): string {
  return `${kind} ${namespace}/${name}`
}

/** `Deployment web`. */
export function nameOf(ref: Ref): string {
  return `${shortKind(ref.kind)} ${ref.name}`
}

function shortKind(kind: KindId): string {
  return kind.slice(kind.lastIndexOf('/') + 1)
}

export function findingObject({ kind, namespace, name }: Ref): FindingObject {
  const slash = kind.lastIndexOf('/')
  return {
    kind: shortKind(kind),
    name,
    ...(namespace !== undefined && { namespace }),
    ...(slash > 0 && { group: kind.slice(0, slash) }),
  }
}
