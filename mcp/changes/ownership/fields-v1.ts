/**
 * Parses `fieldsV1`: a tree of steps. `f:name` is a field; `k:{…}`, `v:…` and `i:…` are list items by keys, value or
 * index. `.` means that the field or item itself is owned; an empty tree is a leaf.
 */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../../shared/kubernetes/fields'

export type FieldTree = Record<string, unknown>

export type FieldSteps = readonly string[]

export function childTree(tree: FieldTree | undefined, step: string): FieldTree | undefined {
  const child = tree !== undefined && Object.hasOwn(tree, step) ? tree[step] : undefined
  return isRecord(child) ? child : undefined
}

export function stepsOf(tree: FieldTree): string[] {
  return Object.keys(tree).filter((step) => step !== '.')
}

export function isLeaf(tree: FieldTree): boolean {
  return stepsOf(tree).length === 0
}

/** True if the item or field itself is owned, not only parts of it. */
export function ownsItself(tree: FieldTree): boolean {
  return isLeaf(tree) || '.' in tree
}

export function isItem(step: string): boolean {
  return !step.startsWith('f:')
}

/** The index of a list item; -1 if absent. */
export function indexOf(list: readonly unknown[], step: string): number {
  const wanted = parsed(step.slice(2))
  if (step.startsWith('i:')) return typeof wanted === 'number' && wanted < list.length ? wanted : -1
  if (step.startsWith('v:')) return list.findIndex((item) => isDeepStrictEqual(item, wanted))
  if (!step.startsWith('k:') || !isRecord(wanted)) return -1
  const keys = Object.entries(wanted)
  return list.findIndex((item) => isRecord(item) && keys.every(([key, each]) => isDeepStrictEqual(item[key], each)))
}

/** Undefined if absent. */
export function valueOf(value: unknown, steps: FieldSteps): unknown {
  let current = value
  for (const step of steps) {
    if (step.startsWith('f:')) current = isRecord(current) ? ownField(current, step.slice(2)) : undefined
    else current = Array.isArray(current) ? current[indexOf(current, step)] : undefined
  }
  return current
}

function ownField(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** All owned fields, and list items owned as such. */
export function ownedFields(tree: FieldTree, before: FieldSteps = []): FieldSteps[] {
  return stepsOf(tree).flatMap((step) => {
    const path = [...before, step]
    const child = childTree(tree, step)
    if (!child || isLeaf(child)) return [path]
    return [...(isItem(step) && ownsItself(child) ? [path] : []), ...ownedFields(child, path)]
  })
}

/** True if the tree owns the field or a parent value. */
export function covers(tree: FieldTree | undefined, steps: FieldSteps): boolean {
  let current = tree
  for (const step of steps) {
    const child = childTree(current, step)
    if (!child) return false
    if (isLeaf(child)) return true
    current = child
  }
  return true
}

/** `spec.template.spec.containers[web].image` */
export function stepsText(steps: FieldSteps): string {
  return steps.reduce((text, step) => {
    const rest = step.slice(2)
    if (isItem(step)) return `${text}[${itemText(rest)}]`
    if (/[^A-Za-z0-9_-]/.test(rest)) return `${text}[${rest}]`
    return text === '' ? rest : `${text}.${rest}`
  }, '')
}

function itemText(written: string): string {
  const value = parsed(written)
  if (!isRecord(value)) return String(value ?? written)
  return Object.values(value).map(String).join('/')
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
