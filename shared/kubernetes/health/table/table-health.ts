/** Health of all rows of an API table, as in a table result. */
import type { Message } from '../../../messages/message'
import type { Verdict } from '../../../result'
import type { KubeObject } from '../../object'
import { NO_STATUS } from '../kinds/custom'
import type { Health } from '../health'
import { combine, distinct, unknown } from '../health'
import type { Kind } from '../object-health'
import { hasHealth, isKnownKind, needsObject, objectHealth } from '../object-health'
import type { Related } from '../related'
import { rowReasons, type RowReasons } from '../reasons'
import { allOf } from '../state'
import { rowReader } from './row-health'

export interface HealthTable {
  resource: Kind
  /** Upper-case headings. */
  columns: readonly string[]
  /** Whole objects if `needsObject(resource)`, otherwise metadata. */
  rows: readonly { cells: readonly string[]; object: KubeObject }[]
}

export interface RowsHealth extends RowReasons {
  verdicts: Verdict[]
}

/**
 * The verdict of each row, and by index the reasons of rows that are not ok, including notes such as `cordoned`.
 * @param now in milliseconds since the epoch
 * @returns undefined for kinds without health, and for custom kinds whose objects have no status
 */
export function tableHealth(
  { resource, columns, rows }: HealthTable,
  now: number,
  related?: Related,
): RowsHealth | undefined {
  if (!hasHealth(resource)) return undefined
  const readRow = rowReader(columns, resource.kind)
  const byCells = !needsObject(resource)
  const isKnown = isKnownKind(resource)
  const health = rows.map(({ cells, object }) => {
    const fromCells = byCells || !isKnown ? readRow(cells, { now, object }) : undefined
    const fromObject = byCells ? undefined : objectHealth(object, { now, related }, resource)
    return fromObject && fromCells ? merge(fromObject, fromCells) : (fromObject ?? fromCells ?? unknown(NO_STATUS))
  })
  const isStateless = !isKnown && health.every(({ reason }) => reason === NO_STATUS)
  return isStateless ? undefined : rowsHealth(health)
}

/**
 * Verdicts of a text table printed by another MCP server.
 * @param kind of the rows, if known
 * @returns undefined if no row is conclusive, and for events, which have no health
 */
export function textTableHealth(
  { columns, rows, kind }: { columns: readonly string[]; rows: readonly (readonly string[])[]; kind?: string },
  now: number,
): RowsHealth | undefined {
  if (columns.includes('REASON') && columns.includes('MESSAGE')) return undefined
  const readRow = rowReader(columns, kind)
  const health = rows.map((row) => readRow(row, { now }))
  return health.every(({ verdict }) => verdict === 'unknown') ? undefined : rowsHealth(health)
}

function rowsHealth(health: readonly Health[]): RowsHealth {
  return { verdicts: health.map(({ verdict }) => verdict), ...rowReasons(health.map(reasonAndNotes)) }
}

function reasonAndNotes({ reason, notes }: Health): Message | undefined {
  const [first, ...others] = [...(reason && reason !== NO_STATUS ? [reason] : []), ...notes]
  return first && allOf(first, ...others)
}

/** A custom kind's author chooses its columns; they may show a state that no condition has. */
function merge(fromObject: Health, fromCells: Health): Health {
  if (fromObject.reason !== NO_STATUS) return combine(fromObject, fromCells)
  return { ...fromCells, notes: distinct([...fromObject.notes, ...fromCells.notes]) }
}
