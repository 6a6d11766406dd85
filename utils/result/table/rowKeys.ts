/** Identities of a table's rows across reads. */
import type { Row } from './tableView'

/** Columns that together identify a row, as far as the table has them. */
const IDENTITY = ['NAMESPACE', 'NAME', 'POD', 'CONTAINER', 'TYPE', 'REASON', 'OBJECT', 'REVISION']
/** With one of these, the columns above identify a row. */
const NAMES = ['NAME', 'POD', 'OBJECT', 'REVISION']
/** Of events, since several of one object and reason differ only in their first words. */
const MESSAGE_CHARS = 40

/** @returns a unique key for each row; equal rows get a number */
export function rowKeys(columns: readonly string[], rows: readonly Row[]): string[] {
  const own = columns.some((heading) => NAMES.includes(heading))
    ? IDENTITY.map((heading) => columns.indexOf(heading)).filter((index) => index >= 0)
    : columns.map((_, index) => index)
  // TYPE and REASON are states of all rows but events.
  const message = columns.includes('OBJECT') ? columns.indexOf('MESSAGE') : -1
  const identity = message < 0 ? own.filter((index) => !isState(columns[index] ?? '')) : own
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const cells = identity.map((index) => row[index] ?? '')
    const key = [...cells, ...(message < 0 ? [] : [(row[message] ?? '').slice(0, MESSAGE_CHARS)])].join('\n')
    const times = seen.get(key) ?? 0
    seen.set(key, times + 1)
    return times === 0 ? key : `${key}\n${times}`
  })
}

function isState(heading: string): boolean {
  return heading === 'TYPE' || heading === 'REASON'
}
