/** Health of a row from its cells, for unknown kinds. */
import type { ColumnRole } from './columns'
import { parseRatio } from './columns'
import type { Health, Words } from '../health'
import { state as stateOf } from '../state'
import {
  bad,
  byDeadline,
  combine,
  distinct,
  NEW_OBJECT,
  ok,
  READY_DEADLINE,
  START_DEADLINE,
  unknown,
  waiting,
} from '../health'
import { wordHealth, NO_STATUS } from '../kinds/custom'
import { isCapitalised, isFinishedWord, isStatusWord, wordVerdict } from '../words'

export interface Cells {
  columns: readonly string[]
  roles: readonly ColumnRole[]
  row: readonly string[]
  /** Seconds. */
  age: number | undefined
}

/** The worst verdict of the cells; unknown if none is conclusive. */
export function cellsHealth(cells: Cells): Health {
  const { columns, roles, row } = cells
  const isFinished = roles.some((role, index) => role === 'status' && isFinishedWord(row[index] ?? ''))
  const isOngoing = roles.some(
    (role, index) =>
      (role === 'status' && isStatusWord(row[index] ?? '') && wordVerdict(row[index] ?? '') === 'waiting') ||
      (role === 'ongoing' && isTrue(row[index] ?? '')),
  )
  const notes = roles.flatMap((role, index) =>
    role === 'suspended' && isTrue(row[index] ?? '') ? [stateOf('state-suspended')] : [],
  )
  let found: Health = unknown(NO_STATUS)
  for (let index = 0; index < columns.length; index++) {
    const cell = (row[index] ?? '').trim()
    const role = roles[index] ?? 'unnamed'
    if (cell === '' || cell === '<none>' || role === 'other' || role === 'age') continue
    const told = cellHealth(cell, role, columns[index] ?? '', cells, { isFinished, isOngoing })
    if (told) found = found.reason === NO_STATUS ? told : combine(found, told)
  }
  return { ...found, notes: distinct([...found.notes, ...notes]) }
}

interface RowState {
  isFinished: boolean
  isOngoing: boolean
}

function cellHealth(
  cell: string,
  role: ColumnRole,
  heading: string,
  cells: Cells,
  state: RowState,
): Health | undefined {
  const { age } = cells
  switch (role) {
    case 'status': {
      const ratio = parseRatio(cell)
      if (ratio) return ratioHealth(ratio, `${cell} ${heading}`, age, state)
      return isStatusWord(cell) ? wordHealth(cell, heading === 'STATUS' ? cell : `${heading} ${cell}`) : undefined
    }
    case 'ready':
      return readyHealth(cell, heading, cells, state)
    case 'negative':
      return isTrue(cell) ? bad(heading) : undefined
    case 'failures':
      if (isTrue(cell)) return bad(heading)
      if (!/^\d+$/.test(cell)) return undefined
      return Number(cell) > 0 ? bad(`${heading} ${cell}`) : ok()
    case 'completions': {
      const ratio = parseRatio(cell)
      return ratio && ratio.ready < ratio.total ? waiting(`${cell} ${heading}`) : ratio && ok()
    }
    case 'ongoing':
      return isTrue(cell) ? waiting(heading) : undefined
    case 'wanted': {
      const ratio = parseRatio(cell)
      return ratio && ratioHealth(ratio, `${cell} ${heading}`, age, state)
    }
    case 'unnamed':
      return isCapitalised(cell) && wordVerdict(cell) === 'bad' ? bad(`${heading} ${cell}`) : undefined
    case 'suspended':
    case 'age':
    case 'other':
      return undefined
  }
}

function readyHealth(
  cell: string,
  heading: string,
  { columns, roles, row, age }: Cells,
  state: RowState,
): Health | undefined {
  const ratio = parseRatio(cell)
  if (ratio) return ratioHealth(ratio, `${cell} ${heading}`, age, state)
  if (/^\d+$/.test(cell)) {
    const wanted = columns.findIndex((_, index) => roles[index] === 'wanted' && /^\d+$/.test(row[index] ?? ''))
    if (wanted < 0) return undefined
    const total = Number(row[wanted])
    return ratioHealth({ ready: Number(cell), total }, stateOf('state-cell-of', { cell, total, heading }), age, state)
  }
  switch (cell.toLowerCase()) {
    case 'true':
    case 'yes':
      return ok()
    case 'unknown':
      return waiting(`${heading} ${cell}`)
    case 'false':
    case 'no': {
      if (state.isFinished) return undefined
      const deadline = state.isOngoing ? START_DEADLINE : NEW_OBJECT
      return byDeadline(age, deadline, `${heading} ${cell}`)
    }
    default:
      return isStatusWord(cell) ? wordHealth(cell, `${heading} ${cell}`) : undefined
  }
}

function ratioHealth(
  ratio: { ready: number; total: number },
  reason: Words,
  age: number | undefined,
  state: RowState,
): Health | undefined {
  if (ratio.ready >= ratio.total) return ok()
  return state.isFinished ? undefined : byDeadline(age, READY_DEADLINE, reason)
}

function isTrue(cell: string): boolean {
  return /^(?:true|yes)$/i.test(cell)
}
