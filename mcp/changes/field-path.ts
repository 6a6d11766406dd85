/** Field paths as text: `spec.ports[0].nodePort`, `metadata.annotations[example.com/owner]`. */
import { isRecord } from '../../shared/kubernetes/fields'

/** A number is a list index. */
export type FieldPath = readonly (string | number)[]

export function pathText(path: FieldPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number' || /[^A-Za-z0-9_-]/.test(part)) return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
}

export function parsePath(text: string): FieldPath {
  return [...text.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inner, plain]) => {
    if (inner === undefined) return plain ?? ''
    return /^\d+$/.test(inner) ? Number(inner) : inner
  })
}

export function valueAt(value: unknown, path: FieldPath): unknown {
  let current = value
  for (const part of path) {
    if (Array.isArray(current)) current = typeof part === 'number' ? current[part] : undefined
    else current = isRecord(current) ? current[String(part)] : undefined
  }
  return current
}

/** A copy with the value at an existing path replaced; unchanged if the path does not exist. */
export function withValueAt(value: unknown, path: FieldPath, replacement: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return replacement
  if (Array.isArray(value))
    return typeof part === 'number' && part < value.length
      ? value.map((each: unknown, index) => (index === part ? withValueAt(each, rest, replacement) : each))
      : value
  const name = String(part)
  return isRecord(value) && Object.hasOwn(value, name)
    ? { ...value, [name]: withValueAt(value[name], rest, replacement) }
    : value
}
