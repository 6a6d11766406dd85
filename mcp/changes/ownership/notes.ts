/** Notes about field owners: what a change takes over or leaves. */
import { isDeepStrictEqual } from 'node:util'
import type { ResultNote } from '../../../shared/result'
import { covers, ownedFields, stepsText, valueOf, type FieldSteps, type FieldTree } from './fields-v1'
import { FIELD_MANAGER, isPartOfCluster, nextWrite, ownerName, type FieldOwner } from './managers'

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
  const params = { owner: name, manager: owner.manager, count: fields.length, fields: listed(fields) }
  const taken = `${params.fields} ${fields.length === 1 ? 'was' : 'were'} set by ${name} and ${fields.length === 1 ? 'is' : 'are'} taken over`
  switch (nextWrite(owner)) {
    case 'sets-back':
      return {
        code: 'fields-taken-set-back',
        params,
        text: `${taken}: the next ${write(name)} sets ${fields.length === 1 ? 'it' : 'them'} back unless it has the same values`,
      }
    case 'conflicts':
      return {
        code: 'fields-taken-conflict',
        params,
        text: `${taken}: the next ${write(name)} with other values stops with a conflict unless it is forced`,
      }
    case 'unknown':
      return { code: 'fields-taken', params, text: taken }
  }
}

function write(owner: string): string {
  if (owner === 'Helm') return 'upgrade of the Helm release'
  return owner.startsWith('kubectl') ? owner : `apply by ${owner}`
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
    const params = { owner: ownerName(owner), manager: owner.manager, count: fields.length, fields: listed(fields) }
    const text = `Not in the manifest and kept, since ${params.owner} set ${fields.length === 1 ? 'it' : 'them'}: ${params.fields}`
    return [{ code: 'fields-kept', params, text }]
  })
}

function listed(fields: readonly string[]): string {
  const more = fields.length - MOST
  return more > 0 ? `${fields.slice(0, MOST).join(', ')} and ${more} more` : fields.join(', ')
}
