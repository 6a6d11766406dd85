/** Compares two cards of the same call. */
import { msg } from '#shared/messages/create'
import type { PlannedObject } from '#shared/changes/change'
import type { SignedWrite } from '#shared/changes/pending-write'
import type { ResultNote } from '#shared/result'

/** Limits for each object and line. */
const MAX_LINES = 4
const MAX_LINE = 120

function nameOfObject({ kind, name, namespace }: Pick<PlannedObject, 'kind' | 'name' | 'namespace'>): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`
}

/** @param before of the older card; without diffs if they were too large to keep */
export function meanwhile(before: SignedWrite['objects'], now: readonly PlannedObject[]): ResultNote[] {
  const older = new Map<string, { uid?: string | undefined; diff: string }>()
  for (const object of before)
    if (object.diff !== undefined) older.set(nameOfObject(object), { uid: object.uid, diff: object.diff })
  if (older.size === 0) return []
  const names = new Set(now.map(nameOfObject))
  return [
    ...now.flatMap((object) => {
      const name = nameOfObject(object)
      const old = older.get(name)
      if (!old) return [msg('meanwhile-new', { object: name })]
      const replaced = old.uid !== object.uid ? [msg('meanwhile-replaced', { object: name })] : []
      return [...replaced, ...changedLines(name, old.diff, object.diff)]
    }),
    ...[...older.keys()].flatMap((object) => (names.has(object) ? [] : [msg('meanwhile-gone', { object })])),
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
