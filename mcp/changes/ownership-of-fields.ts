/**
 * What a manifest makes of an object that others have written too.
 *
 * The API server merges the manifest by a dry run of a server-side apply, which also tells which fields the manifest names.
 * From its answer those fields are taken that were declared before and are left out now. What is sent is the difference to
 * the live object: this server then owns what it has changed and nothing else, so that the other owners meet no conflict
 * over fields that it has left alone.
 */
import { isDeepStrictEqual } from 'node:util'
import type { ResultNote } from '../../shared/result'
import { isRecord } from '../../shared/kubernetes/health/fields'
import type { KubeObject } from '../kubernetes/types'
import { childTree, covers, ownedFields, valueOf, type FieldTree } from './ownership/fields-v1'
import { FIELD_MANAGER, ownersOf, type FieldOwner } from './ownership/managers'
import { mergePatch } from './ownership/merge-patch'
import { keptNotes, takenNotes } from './ownership/notes'
import { prune } from './ownership/prune'
import { withDeclared } from './ownership/with-declared'

export interface ComputedChange {
  /** A JSON merge patch; empty if nothing would change. */
  patch: Record<string, unknown>
  /** Whose fields are taken over, what they will do about it, and what is kept although the manifest leaves it out. */
  notes: ResultNote[]
}

/** Never removed: who applies and who releases find the object by these. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** A manifest as a declaration of the whole object, or of a part of it. */
export interface ManifestReadings {
  whole: ComputedChange
  /** Keeps what other writers have set and the manifest leaves out. Undefined if that is the same. */
  part: ComputedChange | undefined
  /**
   * A manifest that names less than it would take from other writers is a part of the object, as `kubectl apply` also
   * takes it.
   * @param result the answer to a dry run of `whole`: what comes back by itself was a default
   */
  isWhole: (result: KubeObject) => boolean
}

/**
 * @param live the object as it was read
 * @param applied the answer to the dry run of a forced server-side apply of the manifest by FIELD_MANAGER on that object
 */
export function readingsOf(live: KubeObject, applied: KubeObject): ManifestReadings {
  const now = appliedFields(applied)
  return readings(live, now, (place) => pruned(applied, { ...place, now }))
}

/**
 * The same if that object is not valid: it also holds what the manifest leaves out, which may exclude what is new, as two
 * ports of one name do. What is left out is removed first here.
 * @param alone the answer to the dry run of the apply under a name that does not exist
 */
export function readingsOfManifest(live: KubeObject, alone: KubeObject): ManifestReadings {
  const now = appliedFields(alone) ?? {}
  return readings(live, now, (place) => withDeclared(pruned(live, { ...place, now }), alone, now))
}

function appliedFields(applied: KubeObject): FieldTree | undefined {
  return ownersOf(applied).find(
    ({ manager, operation, subresource }) => manager === FIELD_MANAGER && operation === 'Apply' && subresource === '',
  )?.fields
}

/** Whose fields go if the manifest does not name them, and what others have set. */
interface Removal {
  removed: readonly FieldOwner[]
  others: readonly FieldTree[]
}

type Merge = (removal: Removal) => unknown

function readings(live: KubeObject, now: FieldTree | undefined, merge: Merge): ManifestReadings {
  const owners = ownersOf(live)
  const writers = owners.filter(({ role }) => role === 'writer')
  const whole = computed(live, { owners, now, merge, removes: ({ role }) => role !== 'other' })
  const part = computed(live, { owners, now, merge, removes: ({ role }) => role === 'own' })
  return {
    whole,
    part: isDeepStrictEqual(whole.patch, part.patch) ? undefined : part,
    isWhole: (result) => {
      const fields = writers.flatMap((owner) => ownedFields(declaredBy(owner)))
      const named = fields.filter((steps) => covers(now, steps))
      const lost = fields.filter((steps) => valueOf(live, steps) !== undefined && valueOf(result, steps) === undefined)
      return named.length >= lost.length
    },
  }
}

interface Reading {
  owners: readonly FieldOwner[]
  now: FieldTree | undefined
  merge: Merge
  removes: (owner: FieldOwner) => boolean
}

function computed(live: KubeObject, { owners, now, merge, removes }: Reading): ComputedChange {
  const kept = owners.filter((owner) => !removes(owner))
  const desired = merge({ removed: owners.filter(removes), others: kept.map(({ fields }) => fields) })
  const [from, to] = [declarable(live), declarable(isRecord(desired) ? desired : live)]
  return { patch: mergePatch(from, to), notes: [...takenNotes(owners, from, to), ...keptNotes(kept, now, to)] }
}

function pruned(object: KubeObject, { removed, others, now }: Removal & { now: FieldTree | undefined }): unknown {
  return removed.reduce<unknown>((each, owner) => prune(each, { before: declaredBy(owner), now, others }), object)
}

/** What an owner declared, but for the marks by which it knows its object. */
function declaredBy({ fields, role }: FieldOwner): FieldTree {
  if (role === 'writer') return without(fields, 'f:metadata')
  const metadata = childTree(fields, 'f:metadata')
  const annotations = childTree(metadata, 'f:annotations')
  if (!metadata || !annotations) return fields
  return { ...fields, 'f:metadata': { ...metadata, 'f:annotations': without(annotations, `f:${LAST_APPLIED}`) } }
}

function without(tree: FieldTree, step: string): FieldTree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== step))
}

const DECLARABLE_METADATA = ['labels', 'annotations', 'finalizers', 'ownerReferences']

/** What a manifest can set: not the status, nor what the cluster keeps in the metadata. */
function declarable({ status: _, metadata, ...body }: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(isRecord(metadata) ? metadata : {}).filter(([name]) => DECLARABLE_METADATA.includes(name))
  return { ...body, metadata: Object.fromEntries(kept) }
}
