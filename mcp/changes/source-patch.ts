/** A change as a patch for the place that an object is kept in, such as the Git repository of a GitOps tool. */
import { isRecord } from '../../shared/kubernetes/fields'
import { MASK, maskObject } from '../kubernetes/mask'
import { yamlOf } from './diff'
import type { FieldChange } from './field-changes'
import { valueAt } from './field-path'
import type { FieldPath } from './field-path'
import type { PreparedObject } from './prepare'

/** Fields that a source holds; the cluster writes the others. */
const OF_SOURCE = /^(?:spec|data|binaryData|stringData|rules|subjects|roleRef|webhooks)$/
const METADATA_OF_SOURCE = /^(?:labels|annotations)$/

/**
 * A strategic merge patch as `kustomize` takes it: the changed fields alone, removed ones as null. A list whose elements
 * have names holds the changed ones, any other is whole.
 * @returns undefined for what such a patch cannot express: no update, hidden values, elements that are removed
 */
export function sourcePatch({
  planned,
  result,
  changes,
}: Pick<PreparedObject, 'planned' | 'result' | 'changes'>): string | undefined {
  const { verb, apiVersion, kind, name, namespace } = planned
  const own = changes.filter(({ path: [first, second] }) =>
    first === 'metadata' ? METADATA_OF_SOURCE.test(String(second)) : OF_SOURCE.test(String(first)),
  )
  if (verb !== 'update' || !result || kind === 'Secret' || own.length === 0 || own.some(losesElements)) return undefined
  const shown = maskObject(result)
  const patch: Record<string, unknown> = {
    ...{ apiVersion, kind },
    metadata: { name, ...(namespace !== undefined && { namespace }) },
  }
  for (const { path } of own) setField(patch, shown, path, [])
  const text = yamlOf(patch)
  return text.includes(MASK) ? undefined : text
}

function losesElements({ before, after }: FieldChange): boolean {
  return Array.isArray(before) && (!Array.isArray(after) || after.length < before.length)
}

/** @param done the part of the path above `target` */
function setField(target: Record<string, unknown>, shown: unknown, path: FieldPath, done: FieldPath): void {
  const [field = '', ...rest] = path
  const here = [...done, field]
  const value = valueAt(shown, here)
  const [next] = rest
  if (next === undefined) {
    target[field] = value ?? null
    return
  }
  if (typeof next !== 'number') {
    const below = target[field]
    const record = isRecord(below) ? below : {}
    target[field] = record
    setField(record, shown, rest, here)
    return
  }
  const element = valueAt(shown, [...here, next])
  const elementName = isRecord(element) ? element.name : undefined
  if (typeof elementName !== 'string' || rest.length === 1) {
    target[field] = value
    return
  }
  const list = Array.isArray(target[field]) ? target[field].filter(isRecord) : []
  let known = list.find((each) => each.name === elementName)
  if (!known) list.push((known = { name: elementName }))
  target[field] = list
  setField(known, shown, rest.slice(1), [...here, next])
}
