/** Computes a JSON merge patch (RFC 7386) between two objects. Lists are replaced as a whole. */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../../shared/kubernetes/fields'

export function mergePatch(from: Record<string, unknown>, to: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [from[name], to[name]]
    if (isDeepStrictEqual(before, after)) continue
    if (isRecord(before) && isRecord(after)) patch[name] = mergePatch(before, after)
    else patch[name] = after === undefined ? null : after
  }
  return patch
}
