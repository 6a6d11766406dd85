/**
 * Computes the effect of a manifest on an object with several writers.
 * A dry run of a server-side apply merges the manifest and tells which fields it names. Fields that were declared
 * before and are now missing are removed from that result. The request is the difference to the live object, so this
 * server owns only what it changes and other owners get no conflicts over the rest.
 */
import { isDeepStrictEqual } from 'node:util'
import type { ResultNote } from '../../shared/result'
import { isRecord } from '../../shared/kubernetes/fields'
import type { KubeObject } from '../kubernetes/types'
import { childTree, covers, isLeaf, ownedFields, valueOf, type FieldTree } from './ownership/fields-v1'
import { FIELD_MANAGER } from '../../shared/changes/what-changed'
import { ownersOf, type FieldOwner } from './ownership/managers'
import { mergePatch } from './ownership/merge-patch'
import { keptNotes, takenNotes } from './ownership/notes'
import { prune } from './ownership/prune'
import { withDeclared } from './ownership/with-declared'

export interface ComputedChange {
  /** A JSON merge patch; empty if nothing would change. */
  patch: Record<string, unknown>
  /**
   * Fields taken over and their owners' reaction, and fields kept although the manifest omits them.
   * @param result dry run of the patch: a removed field that is a default returns, and stays with its owner
   */
  notesOn: (result: KubeObject) => ResultNote[]
}

/** Never removed: appliers and releases identify the object by these. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Two readings of a manifest: as the whole object, or as a part of it. */
export interface ManifestReadings {
  whole: ComputedChange
  /** Keeps fields of other writers that the manifest omits. Undefined if both readings are equal. */
  part: ComputedChange | undefined
  /**
   * Like `kubectl apply`: a manifest that names less than it would remove from other writers is partial.
   * @param result dry run of `whole`; a field that returns by itself was a default
   */
  isWhole: (result: KubeObject) => boolean
}

/**
 * @param live the object as read
 * @param applied dry run of a forced server-side apply by FIELD_MANAGER on that object
 */
export function readingsOf(live: KubeObject, applied: KubeObject): ManifestReadings {
  const now = appliedFields(applied)
  return readings(live, now, (place) => pruned(applied, { ...place, now }))
}

/**
 * For a merged object that is invalid because omitted fields exclude new ones, such as two ports of one name. Removes
 * omitted fields first.
 * @param alone dry run of the apply under an unused name
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

/** Whose omitted fields are removed, and what others have set. */
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
  return {
    patch: mergePatch(from, to),
    notesOn: (result) => [...takenNotes(owners, from, declarable(result)), ...keptNotes(kept, now, to)],
  }
}

function pruned(object: KubeObject, { removed, others, now }: Removal & { now: FieldTree | undefined }): unknown {
  return removed.reduce<unknown>((each, owner) => prune(each, { before: declaredBy(owner), now, others }), object)
}

/** The declared fields of an owner, without its identifying marks. */
function declaredBy({ fields, role }: FieldOwner): FieldTree {
  if (role === 'writer') return without(fields, 'f:metadata')
  const metadata = TEXT_MAPS.reduce(withDeclaredKeys, childTree(fields, 'f:metadata') ?? {})
  return isLeaf(metadata) ? without(fields, 'f:metadata') : { ...fields, 'f:metadata': metadata }
}

const TEXT_MAPS = ['f:labels', 'f:annotations']

/** An owner of the map alone has declared no key: those that the map has are of others, such as a rollout's revision. */
function withDeclaredKeys(metadata: FieldTree, map: string): FieldTree {
  const keys = without(childTree(metadata, map) ?? {}, `f:${LAST_APPLIED}`)
  return isLeaf(keys) ? without(metadata, map) : { ...metadata, [map]: keys }
}

function without(tree: FieldTree, step: string): FieldTree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== step))
}

const DECLARABLE_METADATA = ['labels', 'annotations', 'finalizers', 'ownerReferences']

/** Fields that a manifest can set: no status and no server-managed metadata. */
function declarable({ status: _, metadata, ...body }: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(isRecord(metadata) ? metadata : {}).filter(([name]) => DECLARABLE_METADATA.includes(name))
  return { ...body, metadata: Object.fromEntries(kept) }
}
