/**
 * Parses text tables of kubectl's printer (k8s.io/cli-runtime/pkg/printers), which both MCP servers use. Columns are as
 * wide as their widest cell plus three blanks, in code points, so a cell starts where its heading does. Splitting at
 * blanks would fail for cells with blanks (RESTARTS `3 (5m ago)`) and empty ones.
 */
import type { TableResult } from '#shared/result'
import { atOnce, type Steps } from '#shared/steps'

export type Table = Pick<TableResult, 'columns' | 'rows'>

/** A few milliseconds of work. */
const linesAtOnce = 2000

/**
 * The tables in a text: one, or one for each kind of `kubectl get pods,services`, separated by empty lines. Undefined
 * for any other text.
 */
export function parseKubectlTables(text: string): Table[] | undefined {
  return atOnce(readKubectlTables(text))
}

/** parseKubectlTables in steps. */
export function* readKubectlTables(text: string): Steps<Table[] | undefined> {
  if (!parseHeader(firstLine(text))) return undefined
  const tables: Table[] = []
  let current: { table: Table; starts: number[]; isSum: boolean } | undefined
  let lines = 0
  for (const line of text.split('\n')) {
    if (++lines % linesAtOnce === 0) yield
    const clean = line.endsWith('\r') ? line.slice(0, -1) : line
    if (clean.trim() === '') {
      current = undefined
      continue
    }
    if (!current) {
      const header = parseHeader(clean)
      if (!header) return undefined
      current = { table: { columns: header.columns, rows: [] }, starts: header.starts, isSum: false }
      tables.push(current.table)
      continue
    }
    if (/^[\s_]+$/.test(clean)) {
      current.isSum = true
      continue
    }
    current.table.rows.push(current.isSum ? sumsOf(clean, current.starts.length) : cellsOf(clean, current.starts))
  }
  return tables.length > 0 ? tables : undefined
}

/** Without splitting megabytes of another kind. */
function firstLine(text: string): string {
  const content = Math.max(0, text.search(/\S/))
  const end = text.indexOf('\n', content)
  return text.slice(text.lastIndexOf('\n', content) + 1, end < 0 ? text.length : end).replace(/\r$/, '')
}

const longestHeader = 4096
const nonAscii = /[^\x20-\x7e]/

/** Headings are upper case except units, `CPU(cores)`, and at least two blanks apart. */
function parseHeader(line: string): { columns: string[]; starts: number[] } | undefined {
  if (line.length > longestHeader) return undefined
  const columns: string[] = []
  const starts: number[] = []
  const isAscii = !nonAscii.test(line)
  for (const match of line.matchAll(/\S+(?: \S+)*/g)) {
    const name = match[0]
    const plain = name.replace(/\([^)]*\)/g, '')
    if (plain !== plain.toUpperCase() || !/\p{L}/u.test(plain) || name.endsWith(':')) return undefined
    columns.push(name)
    starts.push(isAscii ? match.index : codePoints(line.slice(0, match.index)))
  }
  const isTable = columns.length > 1 || columns[0] === 'NAME'
  return isTable && starts[0] === 0 ? { columns, starts } : undefined
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** The sums below `kubectl top`, which it prints one column too far right: they belong to the last columns. */
function sumsOf(line: string, columns: number): string[] {
  const sums = line.trim().split(/ {2,}/).slice(-columns)
  return [...Array.from({ length: columns - sums.length }, () => ''), ...sums]
}

function cellsOf(line: string, starts: number[]): string[] {
  // Only surrogate pairs differ between code points and units; otherwise slicing by units is right and much faster.
  const points = nonAscii.test(line) && /[\ud800-\udfff]/.test(line) ? [...line] : line
  const slice = (from: number, to?: number): string =>
    (typeof points === 'string' ? points.slice(from, to) : points.slice(from, to).join('')).trim()
  const aligned = starts.every((start) => start === 0 || start >= points.length || points[start - 1] === ' ')
  if (!aligned) {
    const parts = line.trim().split(/ {2,}/)
    if (parts.length === starts.length) return parts
  }
  return starts.map((start, index) => slice(start, starts[index + 1]))
}
