/** Parses the path of an API request. */

export interface ApiPath {
  /** Empty for the core group. */
  group: string
  version: string
  /** Absent for cluster-scoped resources. */
  namespace?: string
  plural: string
  /** Absent for a collection. */
  name?: string
  subresource?: string
}

/**
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
  const inside = rest[0] === 'namespaces' && rest.length > 2
  const [plural, name, subresource, ...more] = inside ? rest.slice(2) : rest
  if (plural === undefined || more.length > 0) return undefined
  return {
    group,
    version,
    plural,
    ...(inside && rest[1] !== undefined && { namespace: rest[1] }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

/** Equal for all requests that concern one object, in any API version. */
export function objectKey({ group, plural, namespace = '' }: ApiPath, name: string): string {
  return [group, plural, namespace, name].join('|')
}
