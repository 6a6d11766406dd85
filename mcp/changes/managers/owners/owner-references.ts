/** Reads owner references with their UIDs. */
import { textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller: boolean
}

/** The controlling owner; undefined if no owner controls the object. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return ownersOf(object).find(({ controller }) => controller)
}

export function ownersOf({ metadata }: KubeObject): OwnerReference[] {
  return (metadata.ownerReferences ?? []).map((each) => ({
    apiVersion: each.apiVersion,
    kind: each.kind,
    name: each.name,
    uid: textAt(each, 'uid'),
    controller: each.controller === true,
  }))
}
