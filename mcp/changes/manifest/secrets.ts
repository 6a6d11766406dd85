/** Secrets in a manifest: by themselves, or inside an object that a controller makes objects of. */
import { isRecord } from './limits'
import type { Path } from './document'

/** Kinds whose purpose is to keep the values of a Secret out of manifests; their templates hold none. */
const SAFE_KINDS = new Set(['SealedSecret', 'ExternalSecret', 'ClusterExternalSecret', 'PushSecret'])

/**
 * Where an object is or holds a Secret; a reference to one by its name is none.
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

/** `Secret`, in any spelling that somebody may take for it. */
function isSecretKind(kind: unknown): boolean {
  return typeof kind === 'string' && /^secrets?(?:list)?$/.test(kind.normalize('NFKC').trim().toLowerCase())
}
