/** Field ownership of an object from its `managedFields`. */
import { isDeepStrictEqual } from 'node:util'
import { isRecord, listAt } from '../../shared/kubernetes/fields'
import type { KubeObject } from '../kubernetes/types'
import { FIELD_MANAGER } from '../../shared/changes/what-changed'

/** True if a change that alters no value would still change owners. */
export function changesOwners(before: KubeObject | undefined, after: KubeObject | undefined): boolean {
  return before !== undefined && after !== undefined && !isDeepStrictEqual(owners(before), owners(after))
}

function owners(object: KubeObject): unknown[] {
  return listAt(object, 'metadata', 'managedFields')
    .filter(isRecord)
    .map(({ time: _, ...entry }) => entry)
}

/**
 * Ownership to restore after a creation: a POST makes us owner of every default through `Update`, which a later apply
 * would not remove.
 * @param applied dry run of the apply
 * @returns undefined if nothing needs correction
 */
export function appliedOwners(created: KubeObject, applied: KubeObject): unknown[] | undefined {
  const own = listAt(applied, 'metadata', 'managedFields').filter(isOwnApply)
  if (own.length === 0) return undefined
  const others = listAt(created, 'metadata', 'managedFields').filter((entry) => !isOwnUpdate(entry))
  return [...others, ...own]
}

function isOwnApply(entry: unknown): boolean {
  return isRecord(entry) && entry.manager === FIELD_MANAGER && entry.operation === 'Apply'
}

function isOwnUpdate(entry: unknown): boolean {
  return isRecord(entry) && entry.manager === FIELD_MANAGER && entry.operation === 'Update' && !entry.subresource
}
