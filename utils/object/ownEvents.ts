/** Events of one object, without the column that names it in each row. */
import type { ResultPart } from '#shared/result'

export function ownEvents(result: ResultPart): ResultPart {
  if (result.kind !== 'table') return result
  const own = result.columns.indexOf('OBJECT')
  const [first] = result.rows
  if (own < 0 || !result.rows.every((row) => row[own] === first?.[own])) return result
  const without = (cells: readonly string[]) => cells.filter((_, column) => column !== own)
  return {
    ...result,
    columns: without(result.columns),
    rows: result.rows.map(without),
    ...(result.wide && {
      wide: result.wide.flatMap((column) => (column === own ? [] : [column - Number(column > own)])),
    }),
  }
}
