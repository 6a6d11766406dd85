/** The ownable fields of an object by their `fieldsV1` path. */
import type { Json, JsonObject } from '../../types'
import { isObject } from '../patch/json'
import { isSet, itemKeys, keyValue } from '../patch/list-items'

/** Steps to a field, such as `f:spec`, `f:ports`, `k:{"port":80,"protocol":"TCP"}`. */
export type Steps = readonly string[]

export interface FieldValue {
  steps: Steps
  value: Json
}

/** By the text of the steps. */
export type FieldValues = Map<string, FieldValue>

/** A step for a list item itself. */
export const ITSELF = '.'

/** Maps with a single owner. */
const ATOMIC = new Set([
  ...['selector', 'labelSelector', 'namespaceSelector', 'nodeSelector', 'podSelector'],
  ...['configMapKeyRef', 'fieldRef', 'secretKeyRef', 'scaleTargetRef'],
])

const OWNED_METADATA = ['annotations', 'finalizers', 'labels', 'ownerReferences']
/** Controllers own the status; the others identify the object. */
const UNOWNED = ['apiVersion', 'kind', 'metadata', 'status']

export function keyOf(steps: Steps): string {
  return steps.join('\0')
}

/** `.spec.ports[port=80,protocol="TCP"].name`, as an API server writes it. */
export function stepsText(steps: Steps): string {
  return steps
    .filter((step) => step !== ITSELF)
    .map(stepText)
    .join('')
}

function stepText(step: string): string {
  const rest = step.slice(2)
  if (step.startsWith('f:')) return `.${rest}`
  if (!step.startsWith('k:')) return `[=${rest}]`
  return `[${rest.slice(1, -1).replaceAll(/"(\w+)":/g, '$1=')}]`
}

export function fieldValues(object: JsonObject): FieldValues {
  const found: FieldValues = new Map()
  const metadata = isObject(object.metadata) ? object.metadata : {}
  for (const name of OWNED_METADATA) collect(metadata[name], name, ['f:metadata', `f:${name}`], found)
  for (const [name, value] of Object.entries(object)) {
    if (!UNOWNED.includes(name)) collect(value, name, [`f:${name}`], found)
  }
  return found
}

function collect(value: Json | undefined, field: string, steps: Steps, found: FieldValues): void {
  if (value === undefined || value === null) return
  const items = Array.isArray(value) ? itemsOf(value, field) : []
  const fields = isObject(value) && !ATOMIC.has(field) ? Object.entries(value) : []
  if (items.length + fields.length === 0) add(value, steps, found)
  for (const [name, child] of fields) collect(child, name, [...steps, `f:${name}`], found)
  for (const { step, item } of items) {
    const at = [...steps, step]
    if (!isObject(item)) add(item, at, found)
    else {
      add(true, [...at, ITSELF], found)
      for (const [name, child] of Object.entries(item)) collect(child, name, [...at, `f:${name}`], found)
    }
  }
}

function add(value: Json, steps: Steps, found: FieldValues): void {
  found.set(keyOf(steps), { steps, value })
}

/** For lists whose items have separate owners. */
function itemsOf(list: Json[], field: string): { step: string; item: Json }[] {
  if (isSet(field)) return list.map((item) => ({ step: `v:${JSON.stringify(item)}`, item }))
  const keys = itemKeys(field, list)
  return keys ? list.filter(isObject).map((item) => ({ step: itemStep(item, keys), item })) : []
}

function itemStep(item: JsonObject, keys: string[]): string {
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, keyValue(item, key)])))}`
}
