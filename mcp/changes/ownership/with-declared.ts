/** Sets a manifest's fields in an object; merges keyed lists item by item. */
import { isRecord } from '../../../shared/kubernetes/fields'
import { childTree, indexOf, isItem, isLeaf, stepsOf, type FieldTree } from './fields-v1'

/**
 * @param source the values
 * @param tree the fields to set
 * @returns a copy
 */
export function withDeclared(value: unknown, source: unknown, tree: FieldTree): unknown {
  const steps = stepsOf(tree)
  if (isLeaf(tree)) return source
  if (steps.some(isItem)) return withItems(Array.isArray(value) ? value : [], source, tree)
  const fields = isRecord(source) ? source : {}
  const set = steps.map((step) => {
    const name = step.slice(2)
    const before = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
    return [name, withDeclared(before, fields[name], childTree(tree, step) ?? {})]
  })
  return { ...(isRecord(value) ? value : {}), ...Object.fromEntries(set) }
}

/** A new item goes after its predecessor in the manifest. */
function withItems(list: readonly unknown[], source: unknown, tree: FieldTree): unknown[] {
  const given: readonly unknown[] = Array.isArray(source) ? source : []
  const result = [...list]
  let last = -1
  const items = stepsOf(tree).map((step) => ({ step, at: indexOf(given, step) }))
  for (const { step, at } of items.sort((one, other) => one.at - other.at)) {
    if (at < 0) continue
    const existing = indexOf(result, step)
    const next = withDeclared(result[existing], given[at], childTree(tree, step) ?? {})
    if (existing >= 0) result[existing] = next
    else result.splice(last + 1, 0, next)
    last = existing >= 0 ? existing : last + 1
  }
  return result
}
