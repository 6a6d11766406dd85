/** Orders events for the model: one row for each cause, Warnings and newest first. */
import { parseAge } from '../../kubernetes/durations'
import { eachSteps, mapSteps, type Steps } from '../../steps'
import type { TableLike } from './columns'

export interface EventOrder {
  /** Row indexes, most informative first. */
  order: number[]
  /** Number of other rows with the same cause, by the index of their representative. */
  alike: Map<number, number>
  isWarning: (index: number) => boolean
  /** Sorts the chosen rows: Warnings first, then newest. */
  compare: (one: number, other: number) => number
}

export function* eventOrderSteps({ columns, rows }: TableLike): Steps<EventOrder> {
  const at = (...names: string[]): number =>
    names.map((name) => columns.indexOf(name)).find((index) => index >= 0) ?? -1
  const [seen, type, reason, message] = [at('LAST SEEN', 'LASTSEEN', 'AGE'), at('TYPE'), at('REASON'), at('MESSAGE')]
  const ages = yield* mapSteps(rows, (row) => parseAge(row[seen] ?? '') ?? Number.MAX_SAFE_INTEGER)
  const isWarning = (index: number): boolean => rows[index]?.[type] !== 'Normal'
  const compare = (one: number, other: number): number =>
    Number(isWarning(other)) - Number(isWarning(one)) || (ages[one] ?? 0) - (ages[other] ?? 0) || one - other

  const sorted = [...rows.keys()].sort(compare)
  const firsts: number[] = []
  const others: number[] = []
  const firstOf = new Map<string, number>()
  const alike = new Map<number, number>()
  yield
  yield* eachSteps(sorted, (index) => {
    const row = rows[index] ?? []
    const cause = `${row[type] ?? ''} ${row[reason] ?? ''} ${withoutNames(row[message] ?? '')}`
    const first = firstOf.get(cause)
    if (first === undefined) {
      firstOf.set(cause, index)
      firsts.push(index)
    } else {
      others.push(index)
      alike.set(first, (alike.get(first) ?? 0) + 1)
    }
  })
  return { order: [...firsts, ...others], alike, isWarning, compare }
}

/** A message without the parts that vary between objects: generated names, numbers, addresses. */
function withoutNames(message: string): string {
  return message
    .slice(0, 300)
    .replace(/[\w./-]*\d[\w./:-]*/g, '#')
    .replace(/\b[a-z]+(?:-[a-z]+)+(?:_[\w-]+)*/g, '#')
}
