/** Compares two cards of the same call. */
import { msg } from '#shared/messages/create'
import type { PlannedObject } from '#shared/change'
import type { ResultNote } from '#shared/result'

/** An object of the older card. */
interface Before {
  object: string
  uid?: string | undefined
  diff: string
}

/** Limits for each object and line. */
const MAX_LINES = 4
const MAX_LINE = 120

export function nameOfObject({ kind, name, namespace }: Pick<PlannedObject, 'kind' | 'name' | 'namespace'>): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`
}

/** @param before of the older card; empty if it was too large to keep */
export function meanwhile(before: readonly Before[], now: readonly PlannedObject[]): ResultNote[] {
  if (before.length === 0) return []
  const older = new Map(before.map((each) => [each.object, each]))
  const names = new Set(now.map(nameOfObject))
  return [
    ...now.flatMap((object) => {
      const name = nameOfObject(object)
      const old = older.get(name)
      if (!old) return [msg('meanwhile-new', { object: name })]
      const replaced = old.uid !== object.uid ? [msg('meanwhile-replaced', { object: name })] : []
      return [...replaced, ...changedLines(name, old.diff, object.diff)]
    }),
    ...before.flatMap(({ object }) => (names.has(object) ? [] : [msg('meanwhile-gone', { object })])),
  ]
}

function changedLines(object: string, before: string, now: string): ResultNote[] {
  const [was, is] = [onlyIn(before, now), onlyIn(now, before)]
  return was.length + is.length === 0 ? [] : [msg('meanwhile-lines', { object, before: listed(was), now: listed(is) })]
}

function onlyIn(diff: string, other: string): string[] {
  const lines = new Set(other.split('\n'))
  return diff.split('\n').filter((line) => /^[+-]/.test(line) && !lines.has(line))
}

function listed(lines: readonly string[]): string {
  if (lines.length === 0) return '–'
  const shown = lines.slice(0, MAX_LINES).map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line))
  return [...shown, ...(lines.length > MAX_LINES ? ['…'] : [])].join(' · ')
}
