/** Finds Secrets in a manifest, also inside objects from which controllers create them. */
import { isRecord } from '../../../shared/kubernetes/fields'
import type { Path } from './document'

/** Kinds that exist to keep Secret values out of manifests; their templates hold none. */
const SAFE_KINDS = new Set(['SealedSecret', 'ExternalSecret', 'ClusterExternalSecret', 'PushSecret'])

/**
 * Finds an object that is or contains a Secret. A reference by name does not count.
 * @returns the path of the Secret, or undefined
 */
export function secretIn(object: Record<string, unknown>): Path | undefined {
  if (isSecretKind(object.kind)) return ['kind']
  if (typeof object.kind === 'string' && SAFE_KINDS.has(object.kind)) return undefined
  return below(object, [])
}

function below(value: unknown, path: Path): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length > 0 && isRecord(value) && isSecretKind(value.kind) && ('data' in value || 'stringData' in value))
    return path
  for (const [key, each] of Object.entries(value)) {
    const found = below(each, [...path, Array.isArray(value) ? Number(key) : key])
    if (found) return found
  }
  return undefined
}

/** Matches any spelling of `Secret`. */
function isSecretKind(kind: unknown): boolean {
  return typeof kind === 'string' && /^secrets?(?:list)?$/.test(kind.normalize('NFKC').trim().toLowerCase())
}
