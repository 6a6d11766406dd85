/** The health of all rows of the API's table, as a table result carries it. */
import type { Verdict } from '../../result'
import type { KubeObject } from '../object'
import { NO_STATUS } from './custom'
import type { Health } from './health'
import { combine } from './health'
import type { Kind } from './object-health'
import { hasHealth, isKnownKind, needsObject, objectHealth } from './object-health'
import type { Related } from './related'
import { rowReader } from './row-health'

export interface HealthTable {
  resource: Kind
  /** Headings in capitals. */
  columns: readonly string[]
  /** With whole objects if `needsObject(resource)`, otherwise with their metadata. */
  rows: readonly { cells: readonly string[]; object: KubeObject }[]
}

/**
 * The verdict of each row, and by its index the reason if it is not ok; notes such as `cordoned` are there as well.
 * @param now in milliseconds since the epoch
 * @returns undefined for kinds without health, and for custom kinds none of whose objects has a status
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
    const reason = [health.reason, ...health.notes]
      .filter((part) => part !== undefined && part !== NO_STATUS)
      .join(', ')
    if (reason !== '') reasons[index] = reason
  }
  return isStateless ? undefined : { verdicts, reasons }
}

/** The columns of a custom kind are chosen by its author: they may tell of a state that no condition has. */
function merge(fromObject: Health, fromCells: Health): Health {
  if (fromObject.reason !== NO_STATUS) return combine(fromObject, fromCells)
  return { ...fromCells, notes: [...new Set([...fromObject.notes, ...fromCells.notes])] }
}
