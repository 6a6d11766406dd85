/**
 * Reads the text tables that kubectl's printer writes (k8s.io/cli-runtime/pkg/printers; both MCP servers use it).
 * Columns are as wide as their widest cell and three blanks, counted in code points, so a cell begins where its heading
 * does. That holds for cells with blanks in them (RESTARTS `3 (5m ago)`) and for empty ones, which a split at blanks
 * would get wrong.
 */
import type { TableResult } from '#shared/result'
import { atOnce, type Steps } from '../../redact/steps'

export type Table = Pick<TableResult, 'columns' | 'rows'>

/** A few milliseconds of work. */
const linesAtOnce = 2000

/**
 * The tables in a text: one, or one for each kind of `kubectl get pods,services`, with an empty line between them.
 * Undefined when the text is anything else.
 */
export function parseKubectlTables(text: string): Table[] | undefined {
  return atOnce(readKubectlTables(text))
}

/** parseKubectlTables in steps. */
export function* readKubectlTables(text: string): Steps<Table[] | undefined> {
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

const longestHeader = 4096

/** Headings are upper case but for units, `CPU(cores)`, and stand at least two blanks apart. */
function parseHeader(line: string): { columns: string[]; starts: number[] } | undefined {
  if (line.length > longestHeader) return undefined
  const columns: string[] = []
  const starts: number[] = []
  for (const match of line.matchAll(/\S+(?: \S+)*/g)) {
    const name = match[0]
    const plain = name.replace(/\([^)]*\)/g, '')
    if (plain !== plain.toUpperCase() || !/\p{L}/u.test(plain) || name.endsWith(':')) return undefined
    columns.push(name)
    starts.push(codePoints(line.slice(0, match.index)))
  }
  const isTable = columns.length > 1 || columns[0] === 'NAME'
  return isTable && starts[0] === 0 ? { columns, starts } : undefined
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** The sums under the line of `kubectl top`, which it prints a column too far to the right: they belong to the last ones. */
function sumsOf(line: string, columns: number): string[] {
  const sums = line.trim().split(/ {2,}/).slice(-columns)
  return [...Array.from({ length: columns - sums.length }, () => ''), ...sums]
}

const nonAscii = /[^\x20-\x7e]/

function cellsOf(line: string, starts: number[]): string[] {
  // Only a surrogate pair is one code point and two units; slicing by units is right for all else, and much faster.
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
