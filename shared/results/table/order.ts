/** Orders rows for the model until its budget is used: the rarest problem of every namespace first. */
import type { Verdict } from '../../result'
import { eachSteps, type Steps } from '../../steps'
import type { TableLike } from './columns'

const VERDICTS: readonly Verdict[] = ['bad', 'waiting', 'unknown', 'ok']

/** All rows with one verdict. */
export interface Bucket {
  verdict: Verdict | undefined
  size: number
  /** Their indexes, in priority order. */
  inOrder: () => Steps<Iterable<number>>
}

/** Rows by verdict, bad first; a single bucket without verdicts. */
export function* bucketSteps(table: TableLike): Steps<Bucket[]> {
  const { verdicts, rows } = table
  if (!verdicts) {
    return [{ verdict: undefined, size: rows.length, inOrder: () => spread(table, [...rows.keys()]) }]
  }
  const byVerdict = new Map<Verdict, number[]>()
  for (const [index, verdict] of verdicts.entries()) {
    const list = byVerdict.get(verdict)
    if (list) list.push(index)
    else byVerdict.set(verdict, [index])
  }
  yield
  return VERDICTS.flatMap((verdict) => {
    const indexes = byVerdict.get(verdict)
    return indexes ? [{ verdict, size: indexes.length, inOrder: () => spread(table, indexes) }] : []
  })
}

/** Takes one row of each state in turn, rarest state first, and within a state one of each namespace. */
function* spread(table: TableLike, indexes: readonly number[]): Steps<Iterable<number>> {
  const stateOf = stateReader(table)
  const namespace = table.columns.indexOf('NAMESPACE')
  const states = new Map<string, Map<string, number[]>>()
  const sizes = new Map<string, number>()
  yield* eachSteps(indexes, (index) => {
    const state = stateOf(index)
    const place = namespace < 0 ? '' : (table.rows[index]?.[namespace] ?? '')
    const places = states.get(state) ?? new Map<string, number[]>()
    states.set(state, places)
    const list = places.get(place)
    if (list) list.push(index)
    else places.set(place, [index])
    sizes.set(state, (sizes.get(state) ?? 0) + 1)
  })
  const sorted = [...states].sort((one, other) => (sizes.get(one[0]) ?? 0) - (sizes.get(other[0]) ?? 0))
  return inTurn(sorted.map(([, places]) => inTurn([...places.values()].map((list) => list.values()))))
}

/** Takes one of each in turn until all are empty. */
function* inTurn(sources: Iterator<number>[]): Generator<number> {
  let open = sources
  while (open.length > 0) {
    const left: Iterator<number>[] = []
    for (const source of open) {
      const next = source.next()
      if (next.done) continue
      yield next.value
      left.push(source)
    }
    open = left
  }
}

const STATES = ['STATUS', 'PHASE', 'STATE', 'HEALTH', 'ROBUSTNESS', 'READY', 'TYPE']

/** The state of a row: its STATUS, or the reason's first word. Numbers do not distinguish states. */
function stateReader({ columns, rows, reasons }: TableLike): (index: number) => string {
  const column = STATES.map((name) => columns.indexOf(name)).find((index) => index >= 0) ?? -1
  return (index) => `${rows[index]?.[column] ?? ''} ${reasons?.[index] ?? ''}`.replace(/\d+\S*/g, '#').slice(0, 40)
}
