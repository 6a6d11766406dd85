import type { Table } from '../parse/kubectl-table'
import { pickColumns } from '../parse/tidy-table'
import type { Steps } from '../../redact/steps'
import { NO_ROWS } from '../parse/reading'
import { count, cutLine, headLines, withLastLine } from './bound'
import { unhealthyTest } from './row-health'

/** Never asked for, and visible to the user anyway. */
const never = new Set(['LABELS', 'NOMINATED NODE', 'READINESS GATES', 'SUBOBJECT'])
/** Groups of columns, dropped in this order before any row. */
const extras = [
  [
    'SELECTOR',
    'CONTAINERS',
    'VERBS',
    'CATEGORIES',
    'SHORTNAMES',
    'FIRST SEEN',
    'SOURCE',
    'NODE SELECTOR',
    'VOLUMEMODE',
  ],
  ['IMAGES', 'KERNEL-VERSION', 'CONTAINER-RUNTIME', 'OS-IMAGE', 'EXTERNAL-IP', 'UPDATED'],
  ['IP', 'NODE', 'INTERNAL-IP', 'CREATED'],
]
/** Maximum length of a message once rows are dropped. */
const longestCell = 160

/**
 * A table for the model: tab-separated headings and cells, only useful columns, at most `maxChars`. If rows must be
 * dropped, unhealthy ones stay longest, and a last line reports omissions and how to narrow the request.
 */
export function* tableText(table: Table, args: Record<string, unknown>, maxChars: number): Steps<string> {
  if (table.rows.length === 0) return cutLine(NO_ROWS.text, maxChars)
  const sizes = columnSizes(table)
  yield
  const kept = candidates(table)
  const narrow = kept.find((columns) => columns.reduce((size, index) => size + (sizes[index] ?? 0), -1) <= maxChars)
  if (narrow) {
    const narrowed = pickColumns(table, narrow)
    return [narrowed.columns, ...narrowed.rows].map(lineOf).join('\n')
  }

  const least = kept.at(-1) ?? []
  const { order, unhealthy } = byUrgency(table)
  yield
  const summary = statusSummary(table)
  const lastLine = (left: number, unhealthyFirst: number) => whatIsLeft(table, args, summary, left, unhealthyFirst)
  const heading = lineOf(least.map((index) => table.columns[index] ?? ''))
  const reserve = lastLine(table.rows.length, unhealthy).length
  const room = maxChars - heading.length - 1 - reserve
  const lines: string[] = []
  // Of thousands of rows a few dozen fit: the others are never formatted.
  for (let used = 0; lines.length < order.length && used <= room; used += (lines.at(-1)?.length ?? 0) + 1) {
    const row = table.rows[order[lines.length] ?? 0] ?? []
    lines.push(lineOf(least.map((index) => cutLine(row[index] ?? '', longestCell))))
  }
  const taken = headLines(lines, room)
  if (taken === order.length) return [heading, ...lines].join('\n')
  const last = lastLine(order.length - taken, Math.min(taken, unhealthy))
  return withLastLine([heading, ...lines.slice(0, taken)].join('\n'), last, maxChars)
}

/**
 * Indexes of all rows: unhealthy first, otherwise in the server's order. Repeated events of an object follow after all
 * different ones, latest first: a crash loop would displace all other causes.
 */
function byUrgency({ columns, rows }: Table): { order: number[]; unhealthy: number } {
  const isUnhealthy = unhealthyTest(columns)
  const [reason, object, message] = ['REASON', 'OBJECT', 'MESSAGE'].map((name) => columns.indexOf(name))
  const isEvents = reason !== undefined && reason >= 0
  const seen = new Set<string>()
  const first: number[] = []
  const repeated: number[] = []
  const rest: number[] = []
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index] ?? []
    if (!isUnhealthy(row)) rest.push(index)
    else if (!isEvents) first.push(index)
    else {
      const what = [row[reason], row[object ?? -1], row[message ?? -1]].join('\n')
      ;(seen.has(what) ? repeated : first).push(index)
      seen.add(what)
    }
  }
  const order = [first, repeated, rest].flatMap((indexes) => indexes.reverse())
  return { order, unhealthy: first.length + repeated.length }
}

/** Indexes of the remaining columns, in decreasing choices. */
function candidates(table: Table): number[][] {
  const isEvents = table.columns.includes('REASON') && table.columns.includes('MESSAGE')
  const dropped = new Set(never)
  // An event's name is meaningless.
  if (isEvents) dropped.add('NAME')
  return [[], ...extras].map((group) => {
    for (const name of group) dropped.add(name)
    const keep = table.columns.flatMap((name, index) => (dropped.has(name) ? [] : [index]))
    // kubectl api-resources and custom columns may have no others.
    return keep.length > 0 ? keep : table.columns.map((_, index) => index)
  })
}

function lineOf(cells: string[]): string {
  return cells.map((cell) => cell.replace(/\t/g, ' ')).join('\t')
}

/** The characters of each column with its separator. */
function columnSizes({ columns, rows }: Table): number[] {
  const sizes = columns.map((name) => name.length + 1)
  for (const row of rows) {
    for (let index = 0; index < sizes.length; index++)
      sizes[index] = (sizes[index] ?? 0) + (row[index] ?? '').length + 1
  }
  return sizes
}

function whatIsLeft(
  table: Table,
  args: Record<string, unknown>,
  summary: string,
  left: number,
  unhealthyFirst: number,
): string {
  const worst = table.columns.includes('REASON') ? 'Warnings' : 'Unhealthy ones'
  const first = unhealthyFirst > 0 ? ` ${worst} come first.` : ''
  const what = `… ${count(left)} of ${count(table.rows.length)} rows left out${summary ? ` (${summary})` : ''}.`
  return `${what}${first} The person sees all rows. ${howToNarrow(table, args)}`
}

/** `statuses: 4,990 Running, 10 CrashLoopBackOff`, over all rows. */
function statusSummary({ columns, rows }: Table): string {
  const isEvents = columns.includes('REASON')
  const column = columns.indexOf(isEvents ? 'TYPE' : 'STATUS')
  if (column < 0) {
    const notReady = rows.filter(unhealthyTest(columns)).length
    return columns.includes('READY') || columns.includes('COMPLETIONS') ? `${count(notReady)} not ready` : ''
  }
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row[column] ?? '', (counts.get(row[column] ?? '') ?? 0) + 1)
  const sorted = [...counts].sort((one, other) => other[1] - one[1])
  const shown = sorted.slice(0, 6).map(([status, number]) => `${count(number)} ${cutLine(status || '(none)', 40)}`)
  const others = sorted.slice(6).reduce((sum, [, number]) => sum + number, 0)
  return `${isEvents ? 'types' : 'statuses'}: ${[...shown, ...(others ? [`${count(others)} others`] : [])].join(', ')}`
}

function howToNarrow({ columns }: Table, args: Record<string, unknown>): string {
  const byNamespace = columns.includes('NAMESPACE') && (args['namespace'] === undefined || args['namespace'] === '')
  if (columns.includes('REASON')) return byNamespace ? 'Narrow by namespace.' : 'Narrow by field selector.'
  if (columns.includes('SHORTNAMES')) return 'Narrow by API group.'
  return byNamespace ? 'Narrow by namespace or label selector.' : 'Narrow by label selector.'
}
