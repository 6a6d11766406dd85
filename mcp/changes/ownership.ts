/** Who owns fields of an object, as `managedFields` has it. */
import { isDeepStrictEqual } from 'node:util'
import { isRecord, listAt } from '../../shared/kubernetes/health/fields'
import type { KubeObject } from '../kubernetes/types'
import { FIELD_MANAGER } from './requests'

/** True if a change that alters no field would make somebody else an owner of some. */
export function changesOwners(before: KubeObject | undefined, after: KubeObject | undefined): boolean {
  return before !== undefined && after !== undefined && !isDeepStrictEqual(owners(before), owners(after))
}

function owners(object: KubeObject): unknown[] {
  return listAt(object, 'metadata', 'managedFields')
    .filter(isRecord)
    .map(({ time: _, ...entry }) => entry)
}

/**
 * The owners of an object that was created for an apply: a POST makes us the owner of every default too, by `Update`, and
 * a later apply would not remove what it owns that way.
 * @param applied the answer to the dry run of the apply
 * @returns undefined if there is nothing to correct
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
