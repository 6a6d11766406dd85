/** Notes about field owners: what a change takes over or leaves. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { isDeepStrictEqual } from 'node:util'
import type { ResultNote } from '../../../shared/result'
import { covers, ownedFields, stepsText, valueOf, type FieldSteps, type FieldTree } from './fields-v1'
import { FIELD_MANAGER } from '../../../shared/changes/what-changed'
import { isPartOfCluster, nextWrite, ownerName, type FieldOwner } from './managers'

/** Maximum fields to name. */
const MOST = 8

/** One note for each owner of a changed or removed field. */
export function takenNotes(owners: readonly FieldOwner[], before: unknown, after: unknown): ResultNote[] {
  return owners.flatMap((owner) => {
    if (owner.manager === FIELD_MANAGER) return []
    const fields = changedFields(owner.fields, before, after)
    return fields.length === 0 ? [] : [takenNote(owner, fields)]
  })
}

function takenNote(owner: FieldOwner, fields: readonly string[]): ResultNote {
  const name = ownerName(owner)
  const params = { owner: name, fields: listed(fields) }
  const taken = msg('fields-taken', params)
  switch (nextWrite(owner)) {
    case 'sets-back':
      return msg('fields-taken-set-back', { taken, write: write(owner) })
    case 'conflicts':
      return msg('fields-taken-conflict', { taken, write: write(owner) })
    case 'unknown':
      return taken
  }
}

function write(owner: FieldOwner): string | Message {
  if (owner.manager === 'helm') return msg('write-helm-upgrade')
  const name = ownerName(owner)
  return typeof name === 'string' && name.startsWith('kubectl') ? name : msg('write-apply', { owner: name })
}

/** Reports a removed part as one field. */
function changedFields(tree: FieldTree, before: unknown, after: unknown): string[] {
  const changed = ownedFields(tree).flatMap((steps) => {
    const [from, to] = [valueOf(before, steps), valueOf(after, steps)]
    if (from === undefined || isDeepStrictEqual(from, to)) return []
    // Compares an item by its fields; the item itself counts only if it is removed.
    if (to !== undefined && !(steps.at(-1) ?? '').startsWith('f:')) return []
    return [stepsText(to === undefined ? firstMissing(steps, after) : steps)]
  })
  return [...new Set(changed)]
}

function firstMissing(steps: FieldSteps, after: unknown): FieldSteps {
  const length = steps.findIndex((_, at) => valueOf(after, steps.slice(0, at + 1)) === undefined)
  return steps.slice(0, length + 1)
}

/** One note for each owner whose fields stay although the manifest omits them. */
export function keptNotes(owners: readonly FieldOwner[], now: FieldTree | undefined, after: unknown): ResultNote[] {
  return owners.flatMap((owner) => {
    if (isPartOfCluster(owner)) return []
    const kept = ownedFields(owner.fields).filter(
      (steps) => steps[0] !== 'f:metadata' && !covers(now, steps) && valueOf(after, steps) !== undefined,
    )
    if (kept.length === 0) return []
    const fields = kept.map(stepsText)
    return [msg('fields-kept', { owner: ownerName(owner), fields: listed(fields) })]
  })
}

function listed(fields: readonly string[]): string | Message {
  const count = fields.length - MOST
  const names = fields.slice(0, MOST).join(', ')
  return count > 0 ? msg('and-count-more', { names, count }) : names
}
