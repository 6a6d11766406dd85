/** Sets of fields and their serialised form, `fieldsV1`. */
import type { Json, JsonObject } from '../../types'
import { isEmpty, isObject } from '../patch/json'
import { isSameItem } from '../patch/list-items'
import { ITSELF, keyOf, type Steps } from './values'

/** By the text of the steps. */
export type FieldSet = Map<string, Steps>

export function toTree(fields: FieldSet): JsonObject {
  const tree: JsonObject = {}
  for (const steps of fields.values()) {
    let at = tree
    for (const step of steps) {
      const below = at[step]
      const next = isObject(below) ? below : {}
      at[step] = next
      at = next
    }
  }
  return tree
}

export function fromTree(tree: Json | undefined): FieldSet {
  const found: FieldSet = new Map()
  collect(tree, [], found)
  return found
}

function collect(tree: Json | undefined, before: Steps, found: FieldSet): void {
  for (const [step, below] of Object.entries(isObject(tree) ? tree : {})) {
    const steps = [...before, step]
    if (isObject(below) && Object.keys(below).length > 0) collect(below, steps, found)
    else found.set(keyOf(steps), steps)
  }
}

/** A copy of the value without the tree's fields and without parts that become empty. */
export function without(value: Json, tree: JsonObject): Json {
  if (isObject(value)) {
    const kept = Object.entries(value).flatMap(([name, child]): [string, Json][] => {
      const left = rest(child, tree[`f:${name}`])
      return left === undefined ? [] : [[name, left]]
    })
    return Object.fromEntries(kept)
  }
  if (!Array.isArray(value)) return value
  return value.flatMap((item) => {
    const left = rest(item, tree[stepOf(item, tree) ?? ''])
    return left === undefined ? [] : [left]
  })
}

/** @returns undefined if it becomes empty */
function rest(child: Json, below: Json | undefined): Json | undefined {
  if (!isObject(below)) return child
  // A list item is removed completely: without its keys it is invalid.
  if (Object.keys(below).length === 0 || ITSELF in below) return undefined
  const left = without(child, below)
  return isEmpty(left) && !isEmpty(child) ? undefined : left
}

function stepOf(item: Json, tree: JsonObject): string | undefined {
  return Object.keys(tree).find((step) => {
    const wanted = parsed(step.slice(2))
    if (step.startsWith('v:')) return wanted === item
    return step.startsWith('k:') && isObject(wanted) && isSameItem(Object.keys(wanted), wanted, item)
  })
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
