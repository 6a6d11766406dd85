/** Differences between two objects as fields with short texts, masked where a name promises a credential. */
import { isDeepStrictEqual } from 'node:util'
import type { ChangedField } from '../../shared/changes/what-changed'
import { isRecord } from '../../shared/kubernetes/fields'
import { isSensitiveKey } from '../../shared/redact/key'
import { maskText } from '../helm/mask-values'
import { MASK, maskVariable } from '../kubernetes/mask'

/** Of a value, in characters. */
const LONGEST = 120

/** A part with at most so many values is listed value by value if it is new or gone. */
const FEW = 4

/** @param path prefix of the paths, e.g. `spec.template` */
export function differences(before: unknown, after: unknown, path = ''): ChangedField[] {
  if (isDeepStrictEqual(before, after)) return []
  const [left, right] = [opened(before, after), opened(after, before)]
  if (isRecord(left) && isRecord(right))
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) =>
      differences(left[name], right[name], joined(path, name)),
    )
  const [one, other] = [itemsOf(left), itemsOf(right)]
  if (one && other)
    return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
      differences(one.get(key), other.get(key), `${path}[${key}]`),
    )
  return [{ path, ...textOf('before', path, before), ...textOf('after', path, after) }]
}

/** An absent part next to a small one counts as an empty one. */
function opened(value: unknown, other: unknown): unknown {
  return value === undefined && isRecord(other) && leaves(other) <= FEW ? {} : value
}

function leaves(value: unknown): number {
  if (!isRecord(value)) return Array.isArray(value) ? value.length : 1
  return Object.values(value).reduce<number>((sum, each) => sum + leaves(each), 0)
}

function joined(path: string, name: string): string {
  if (/[^A-Za-z0-9_-]/.test(name)) return `${path}[${name}]`
  return path === '' ? name : `${path}.${name}`
}

/** Items by their identity; undefined unless all are objects with identities of their own. */
function itemsOf(list: unknown): Map<string, unknown> | undefined {
  if (list === undefined) return new Map()
  if (!Array.isArray(list) || !list.every(isRecord)) return undefined
  const items = new Map(list.map((item) => [identityOf(item), item]))
  return items.size === list.length && !items.has('') ? items : undefined
}

function identityOf(item: Record<string, unknown>): string {
  const { name, key, mountPath, containerPort, port, ip, host, type, maxSkew } = item
  const found = name ?? key ?? mountPath ?? containerPort ?? port ?? ip ?? host ?? type ?? maxSkew
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}

function textOf(side: 'before' | 'after', path: string, value: unknown): Pick<ChangedField, 'before' | 'after'> {
  return value === undefined || value === null ? {} : { [side]: valueText(path, value) }
}

/**
 * The value on one line.
 * @param path its last name decides whether the value is masked
 */
export function valueText(path: string, value: unknown): string {
  const text = Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(' ') : plain(value)
  const shown = typeof value === 'boolean' || typeof value === 'number' ? text : masked(path, text)
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1).toWellFormed()}…` : shown
}

function masked(path: string, text: string): string {
  // A reference names a Secret, and is not one.
  if (/(?:Ref|secretName|imagePullSecrets)\b/.test(path)) return text
  const names = [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inner, name]) => inner ?? name ?? '')
  const name = names.at(-1) === 'value' ? names.at(-2) : names.at(-1)
  return maskText(maskVariable(name ?? '', text), [])
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, maskNested)
}

/** Variables and values inside a part that is listed as a whole. */
function maskNested(key: string, value: unknown): unknown {
  if (isRecord(value) && typeof value.name === 'string' && typeof value.value === 'string')
    return { ...value, value: maskVariable(value.name, value.value) }
  return typeof value === 'string' && isSensitiveKey(key) ? MASK : value
}
