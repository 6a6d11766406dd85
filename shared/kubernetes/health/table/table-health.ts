/** Health of all rows of an API table, as in a table result. */
import type { Verdict } from '../../../result'
import type { KubeObject } from '../../object'
import { NO_STATUS } from '../kinds/custom'
import type { Health } from '../health'
import { combine } from '../health'
import type { Kind } from '../object-health'
import { hasHealth, isKnownKind, needsObject, objectHealth } from '../object-health'
import type { Related } from '../related'
import { rowReader } from './row-health'

export interface HealthTable {
  resource: Kind
  /** Upper-case headings. */
  columns: readonly string[]
  /** Whole objects if `needsObject(resource)`, otherwise metadata. */
  rows: readonly { cells: readonly string[]; object: KubeObject }[]
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
): { verdicts: Verdict[]; reasons: Record<string, string> } | undefined {
  if (!hasHealth(resource)) return undefined
  const readRow = rowReader(columns, resource.kind)
  const byCells = !needsObject(resource)
  const isKnown = isKnownKind(resource)
  const verdicts: Verdict[] = []
  const reasons: Record<string, string> = {}
  let isStateless = !isKnown
  for (const [index, { cells, object }] of rows.entries()) {
    const fromCells = byCells || !isKnown ? readRow(cells, { now, object }) : undefined
    const fromObject = byCells ? undefined : objectHealth(object, { now, related }, resource)
    const health = fromObject && fromCells ? merge(fromObject, fromCells) : (fromObject ?? fromCells)
    if (!health) continue
    verdicts.push(health.verdict)
    if (health.reason !== NO_STATUS) isStateless = false
    const reason = reasonText(health)
    if (reason !== '') reasons[index] = reason
  }
  return isStateless ? undefined : { verdicts, reasons }
}

/**
 * Verdicts of a text table printed by another MCP server.
 * @param kind of the rows, if known
 * @returns undefined if no row is conclusive, and for events, which have no health
 */
export function textTableHealth(
  { columns, rows, kind }: { columns: readonly string[]; rows: readonly (readonly string[])[]; kind?: string },
  now: number,
): { verdicts: Verdict[]; reasons: Record<string, string> } | undefined {
  if (columns.includes('REASON') && columns.includes('MESSAGE')) return undefined
  const readRow = rowReader(columns, kind)
  const health = rows.map((row) => readRow(row, { now }))
  if (health.every(({ verdict }) => verdict === 'unknown')) return undefined
  const reasons = health.flatMap((one, index) => {
    const reason = reasonText(one)
    return reason === '' ? [] : [[String(index), reason] as const]
  })
  return { verdicts: health.map(({ verdict }) => verdict), reasons: Object.fromEntries(reasons) }
}

function reasonText({ reason, notes }: Health): string {
  return [reason, ...notes].filter((part) => part !== undefined && part !== NO_STATUS).join(', ')
}

/** A custom kind's author chooses its columns; they may show a state that no condition has. */
function merge(fromObject: Health, fromCells: Health): Health {
  if (fromObject.reason !== NO_STATUS) return combine(fromObject, fromCells)
  return { ...fromCells, notes: [...new Set([...fromObject.notes, ...fromCells.notes])] }
}
