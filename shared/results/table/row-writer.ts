/** Formats a row as a line of text with the reason if it is unhealthy. */
import type { Verdict } from '../../result'
import { grouped } from '../../text/grouped'
import type { TableLike } from './columns'
import type { EventOrder } from './events'

export interface RowWriter {
  heading: string
  line: (index: number) => string
}

/** The heading, and a function that formats one row. */
export function rowWriter(
  table: TableLike,
  columns: number[],
  events: EventOrder | undefined,
  longest: number,
): RowWriter {
  const { rows, verdicts, reasons } = table
  const withHealth = !events && verdicts !== undefined && verdicts.some((verdict) => verdict !== 'ok')
  const heading = columns.map((index) => table.columns[index] ?? '')
  const line = (index: number): string => {
    const row = rows[index] ?? []
    const cells = columns.map((column) => cell(row[column] ?? '', longest))
    const alike = events?.alike.get(index)
    if (alike !== undefined && longest !== Number.POSITIVE_INFINITY) cells.push(`and ${grouped(alike)} alike`)
    const health = withHealth ? healthCell(verdicts[index], reasons?.[index], row) : ''
    if (health !== '') cells.push(cell(health, longest))
    return cells.join('\t')
  }
  return { heading: [...heading, ...(withHealth ? ['HEALTH'] : [])].join('\t'), line }
}

/** `bad: 2 of 3 replicas ready`; only the reason if healthy, and nothing that a cell already shows. */
function healthCell(verdict: Verdict | undefined, reason: string | undefined, row: readonly string[]): string {
  const isNew = reason !== undefined && !row.includes(reason)
  if (verdict === undefined || verdict === 'ok') return isNew ? reason : ''
  return isNew ? `${verdict}: ${reason}` : verdict
}

function cell(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
