/** Builds API paths. */
import type { ApiResource } from '../types'

type Collection = Pick<ApiResource, 'group' | 'version' | 'plural' | 'namespaced'>

/** `/api/v1/namespaces/shop/pods`, `/apis/apps/v1/deployments`. */
export function collectionPath({ group, version, plural, namespaced }: Collection, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const inside = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${inside}/${plural}`
}

export function objectPath(resource: Collection, namespace: string | undefined, name: string): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`
}

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<ApiResource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`
}
