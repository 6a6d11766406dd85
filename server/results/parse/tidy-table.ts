import { mapSteps } from '#shared/steps'
import type { Steps } from '#shared/steps'
import type { Table } from './kubectl-table'

/**
 * The table as kubectl prints it: without kubernetes-mcp-server's leading APIVERSION and KIND if they are equal in all
 * rows, and with LABELS last.
 */
export function* tidyTable({ columns, rows }: Table): Steps<Table> {
  const version = columns.indexOf('APIVERSION')
  // Adjacent, they are from that server; `kubectl api-resources` has both as content, apart from each other.
  const isNoise =
    version >= 0 && columns[version + 1] === 'KIND' && isUniform(rows, version) && isUniform(rows, version + 1)
  const labels = columns.indexOf('LABELS')
  const keep = columns
    .map((_, index) => index)
    .filter((index) => index !== labels && !(isNoise && (index === version || index === version + 1)))
  if (labels >= 0) keep.push(labels)
  if (keep.every((index, place) => index === place) && keep.length === columns.length) return { columns, rows }
  return yield* pickColumns({ columns, rows }, keep)
}

/** The table with these columns, in this order. */
function* pickColumns({ columns, rows }: Table, keep: number[]): Steps<Table> {
  return {
    columns: keep.map((index) => columns[index] ?? ''),
    rows: yield* mapSteps(rows, (row) => keep.map((index) => row[index] ?? '')),
  }
}

function isUniform(rows: string[][], column: number): boolean {
  return rows.every((row) => row[column] === rows[0]?.[column])
}
