/** JSON Pointer (RFC 6901). */

/** @returns undefined if nothing is there */
export function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce(child, value)
}

function child(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const entries: unknown[] = value
    return entries[Number(key)]
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}
