/** The path of a request for objects, taken apart. */

export interface ResourcePath {
  /** Empty for the core group. */
  group: string
  version: string
  namespace?: string
  plural: string
  name?: string
  subresource?: string
}

/**
 * Reads `/api/v1/…` and `/apis/<group>/<version>/…`.
 * @returns undefined where the path is not one of an object or a list
 */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const segments = path.split('/').filter(Boolean).map(decode)
  const core = segments[0] === 'api'
  if (!core && segments[0] !== 'apis') return undefined
  const [group = '', version = ''] = core ? ['', segments[1]] : segments.slice(1, 3)
  const rest = segments.slice(core ? 2 : 3)
  // `namespaces/shop` is a Namespace, `namespaces/shop/pods` is a list in it, `namespaces/shop/status` is a subresource.
  const scoped = rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'status' && rest[2] !== 'finalize'
  const namespace = scoped ? rest[1] : undefined
  const [plural, name, ...subresource] = scoped ? rest.slice(2) : rest
  if (!plural) return undefined
  return {
    group,
    version,
    ...(namespace && { namespace }),
    plural,
    ...(name && { name }),
    ...(subresource.length > 0 && { subresource: subresource.join('/') }),
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
