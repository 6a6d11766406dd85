/** Counts rows by one or several of their values, so that the model need not count. */
import type { Counts } from '../../result'
import { countValues, JOINT } from '../counts'

/** Maximum values of one count; the rest is summed up. */
const MOST = 400

/** Several values of a row count once each, such as the images of a pod. */
export type ValuesOf<Row> = (row: Row) => string[]

/**
 * Counts each combination of values.
 * @param by names separated by commas
 * @param readerOf called for each name
 */
export function countBy<Row>(rows: readonly Row[], by: string, readerOf: (name: string) => ValuesOf<Row>): Counts {
  const names = by.replace(/\s*,\s*/g, ',')
  const readers = names.split(',').map(readerOf)
  const { values } = countValues(
    names,
    rows.flatMap((row) => combinations(readers.map((read) => read(row)))),
  )
  const rest = values.slice(MOST)
  if (rest.length === 0) return { by: names, values }
  const sum = rest.reduce((total, [, count]) => total + count, 0)
  return { by: names, values: [...values.slice(0, MOST), [`${rest.length} others`, sum]] }
}

/** `shop · Running`: one value for each combination. */
function combinations(values: readonly string[][]): string[] {
  const [first = [], ...others] = values
  return others.reduce((sofar, each) => sofar.flatMap((before) => each.map((value) => before + JOINT + value)), first)
}
