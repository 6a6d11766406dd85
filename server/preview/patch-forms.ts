/** The three forms of a patch, applied to a live object: predicted, for where the server cannot do a dry run. */
import type { PreviewNote } from '#shared/preview-note'
import { isRecord } from './fields'
import { applyManifest } from './merge'
import { note } from './note'
import type { KubernetesObject } from './types'

export class PatchError extends Error {
  override name = 'PatchError'

  constructor(readonly note: PreviewNote) {
    super(note.text)
  }
}

/**
 * @param type `strategic`, `merge` (RFC 7396) or `json` (RFC 6902)
 * @throws PatchError with a note, where the patch does not fit the object
 */
export function applyPatch(live: KubernetesObject, type: string, patch: unknown): KubernetesObject {
  const patched =
    type === 'json' ? jsonPatch(live, patch) : type === 'merge' ? mergePatch(live, patch) : strategic(live, patch)
  if (!isRecord(patched)) throw new PatchError(note('patch-whole'))
  return patched
}

function strategic(live: KubernetesObject, patch: unknown): KubernetesObject {
  if (!isRecord(patch)) throw new PatchError(note('patch-no-mapping'))
  if (/"\$(?!patch":"delete")/.test(JSON.stringify(patch))) throw new PatchError(note('patch-directives'))
  return applyManifest(live, patch)
}

/** RFC 7396. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  const merged = new Map(Object.entries(isRecord(target) ? target : {}))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), value))
  }
  return Object.fromEntries(merged)
}

function jsonPatch(live: KubernetesObject, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new PatchError(note('patch-no-list'))
  return patch.reduce<unknown>((object, step: unknown) => {
    if (!isRecord(step) || typeof step.op !== 'string' || typeof step.path !== 'string')
      throw new PatchError(note('patch-no-op'))
    const path = pointer(step.path)
    switch (step.op) {
      case 'add':
      case 'replace':
        return set(object, path, step.value, step.op === 'add')
      case 'remove':
        return set(object, path, undefined, false)
      case 'test':
        return object
      case 'move':
      case 'copy': {
        const from = pointer(typeof step.from === 'string' ? step.from : '')
        const value = read(object, from)
        return set(step.op === 'move' ? set(object, from, undefined, false) : object, path, value, true)
      }
      default:
        throw new PatchError(note('patch-unknown-op', { operation: JSON.stringify(step.op.slice(0, 20)) }))
    }
  }, live)
}

function pointer(path: string): string[] {
  if (path !== '' && !path.startsWith('/')) throw new PatchError(note('patch-bad-path'))
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(value: unknown, path: string[]): unknown {
  const found = path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isRecord(inner) ? inner[key] : undefined
  }, value)
  if (found === undefined) throw missing(path)
  return found
}

/** A copy with the value at the path; undefined removes it. `insert` makes room in a list. */
function set(target: unknown, path: string[], value: unknown, insert: boolean): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(target)) return setItem(target, key, rest, value, insert)
  if (!isRecord(target) || (!(key in target) && (rest.length > 0 || !insert))) throw missing(path)
  if (rest.length > 0) return { ...target, [key]: set(target[key], rest, value, insert) }
  const { [key]: _, ...others } = target
  return value === undefined ? others : { ...target, [key]: value }
}

function setItem(list: unknown[], key: string, rest: string[], value: unknown, insert: boolean): unknown[] {
  const adds = rest.length === 0 && insert
  const index = key === '-' ? list.length : Number(key)
  if (!Number.isInteger(index) || index < 0 || index >= list.length + (adds ? 1 : 0)) throw missing([key, ...rest])
  if (rest.length > 0) return list.with(index, set(list[index], rest, value, insert))
  return list.toSpliced(index, adds ? 0 : 1, ...(value === undefined ? [] : [value]))
}

function missing(path: string[]): PatchError {
  return new PatchError(note('patch-nothing-at', { path: path.join('/').slice(0, 80) }))
}
