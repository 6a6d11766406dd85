/** Removes fields that were declared before and are no longer declared. */
import { isRecord } from '../../../shared/kubernetes/fields'
import { childTree, indexOf, isItem, isLeaf, ownsItself, stepsOf, type FieldTree } from './fields-v1'

/** Ownership of one field. */
interface Place {
  /** Declared before, removable. */
  before: FieldTree
  now: FieldTree | undefined
  /** Set by others: stays. */
  others: readonly FieldTree[]
}

/** @returns a pruned copy */
export function prune(value: unknown, { before, now, others }: Place): unknown {
  const changes = stepsOf(before).flatMap((step) => {
    const child = childOf(value, step)
    const below = childTree(before, step)
    if (child === undefined || !below) return []
    const place = {
      before: below,
      now: childTree(now, step),
      others: others.map((tree) => childTree(tree, step)).filter((tree) => tree !== undefined),
    }
    // A leaf declared now is a whole value, or an empty one without declared fields.
    const next = place.now ? (isLeaf(below) ? child : prune(child, place)) : removed(child, place, isItem(step))
    return next === child ? [] : [{ step, next }]
  })
  return changes.reduce((copy, { step, next }) => withChild(copy, value, step, next), value)
}

/** The rest of a value that is no longer declared; undefined if empty. */
function removed(value: unknown, { before, others }: Place, item: boolean): unknown {
  if (isLeaf(before)) return others.length > 0 ? value : undefined
  // A list item is removed completely, even with fields of others: without its keys it is invalid.
  if (item && ownsItself(before)) return others.some(ownsItself) ? value : undefined
  const left = prune(value, { before, now: undefined, others })
  return left !== value && isEmpty(left) ? undefined : left
}

function childOf(value: unknown, step: string): unknown {
  if (!isItem(step)) return isRecord(value) && Object.hasOwn(value, step.slice(2)) ? value[step.slice(2)] : undefined
  return Array.isArray(value) ? value[indexOf(value, step)] : undefined
}

/** @param original in which the step's index is still valid */
function withChild(copy: unknown, original: unknown, step: string, next: unknown): unknown {
  if (!isItem(step)) {
    if (!isRecord(copy)) return copy
    const { [step.slice(2)]: _, ...rest } = copy
    return next === undefined ? rest : { ...copy, [step.slice(2)]: next }
  }
  if (!Array.isArray(copy) || !Array.isArray(original)) return copy
  const item: unknown = original[indexOf(original, step)]
  return copy.flatMap((each: unknown) => (each === item ? (next === undefined ? [] : [next]) : [each]))
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0
}
