/** Names and paths of the Kubernetes API. */

/** What discovery tells of a kind. */
export interface KindNames {
  /** Empty for the core group. */
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  shortNames: string[]
  namespaced: boolean
}

type GroupVersion = Pick<KindNames, 'group' | 'version'>
type Collection = GroupVersion & Pick<KindNames, 'plural' | 'namespaced'>

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: GroupVersion): string {
  return group === '' ? version : `${group}/${version}`
}

/** `apps` of `apps/v1`, empty for `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}

/** `/api/v1/namespaces/shop/pods`, `/apis/apps/v1/deployments`. */
export function collectionPath({ group, version, plural, namespaced }: Collection, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const inside = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${inside}/${plural}`
}

export function objectPath(resource: Collection, namespace: string | undefined, name: string): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`
}

export interface ApiPath extends GroupVersion {
  /** Absent for cluster-scoped resources. */
  namespace?: string
  plural: string
  /** Absent for a collection. */
  name?: string
  subresource?: string
}

/**
 * Parses the path of a request for an object, a collection or a subresource.
 * @param path without its query
 * @returns undefined for other paths, e.g. `/version`
 */
export function parseApiPath(path: string): ApiPath | undefined {
  const parts = path.split('/').slice(1).map(decode)
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined
  const [root, ...below] = parts
  const [group, [version, ...rest]] =
    root === 'api' ? ['', below] : root === 'apis' ? [below[0] ?? '', below.slice(1)] : ['', []]
  if (version === undefined || rest.length === 0) return undefined
  // `namespaces/shop` is a Namespace, `namespaces/shop/pods` a collection in it, `namespaces/shop/status` a subresource.
  const inside = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '')
  const [plural, name, ...subresource] = inside ? rest.slice(2) : rest
  if (plural === undefined) return undefined
  return {
    group,
    version,
    plural,
    ...(inside && rest[1] !== undefined && { namespace: rest[1] }),
    ...(name !== undefined && { name }),
    ...(subresource.length > 0 && { subresource: subresource.join('/') }),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
