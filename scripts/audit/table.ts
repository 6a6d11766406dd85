/** Formats audit lines as a table for a terminal. */
import { sanitizeText } from '../../server/results/sanitize'
import type { AuditLine } from '../../server/audit/entry'

const COLUMNS = ['TIME', 'USER', 'CLUSTER', 'TOOL', 'DECISION', 'BY', 'OUTCOME', 'MS', 'ARGUMENTS']

/** Limit of every cell except the last, in characters. */
const MAX_CELL = 40

/** @param width of the terminal in columns; the last column is cut to fit */
export function auditTable(lines: readonly AuditLine[], width: number): string {
  const rows = [COLUMNS, ...lines.map(cells)]
  const widths = COLUMNS.map((_, at) => rows.reduce((width, row) => Math.max(width, (row[at] ?? '').length), 0))
  const last = COLUMNS.length - 1
  return rows
    .map((row) => row.map((cell, at) => (at === last ? cell : cell.padEnd(widths[at] ?? 0))).join('  '))
    .map((row) => (row.length > width ? `${row.slice(0, width - 1)}…` : row).trimEnd())
    .join('\n')
}

function cells(line: AuditLine): string[] {
  const words = [
    localTime(line.time),
    line.user,
    clusterOf(line),
    line.tool,
    line.decision,
    line.by ?? '',
    line.outcome,
  ]
  const short = words.map(plain).map((cell) => (cell.length > MAX_CELL ? `${cell.slice(0, MAX_CELL - 1)}…` : cell))
  const { arguments: args } = line
  return [...short, String(line.durationMs), plain(typeof args === 'string' ? args : JSON.stringify(args))]
}

/** E.g. `staging 10.0.0.1:6443`: two clusters may share a name. Empty in old lines. */
function clusterOf({ context, cluster, apiServer }: AuditLine): string {
  const address = apiServer?.replace(/^https?:\/\//, '')
  return [context ?? cluster, address].filter(Boolean).join(' ')
}

/** On one line, without control sequences. */
function plain(text: string): string {
  return sanitizeText(text).replace(/\s+/g, ' ')
}

/** E.g. `2026-01-31 08:05:09`, in the local time zone. */
function localTime(time: string): string {
  const date = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}
