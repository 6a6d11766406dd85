/** Health of one table row from its cells: for pods, and for kinds known only from a table. */
import type { KubeObject } from '../../object'
import { parseAge, parseRestarts } from '../../durations'
import { columnRole, parseRatio } from './columns'
import { deletionHealth } from '../deletion'
import type { Health } from '../health'
import { state } from '../state'
import { podVerdict } from '../kinds/pod-verdict'
import { cellsHealth } from './cells'
import { ageOf, byDeadline, ok, READY_DEADLINE, waiting } from '../health'

export interface RowContext {
  /** Milliseconds since the epoch. */
  now: number
  /** Kind of the rows; absent if unknown. */
  kind?: string | undefined
  /** The row's object with at least its metadata, for exact times and deletion. */
  object?: KubeObject | undefined
}

/** The verdict of a row. `columns` are upper-case headings, `row` has a cell for each. */
export function rowHealth(columns: readonly string[], row: readonly string[], context: RowContext): Health {
  return rowReader(columns, context.kind)(row, context)
}

/** Like rowHealth for many rows of one table: analyses the headings once. */
export function rowReader(
  columns: readonly string[],
  kind?: string,
): (row: readonly string[], context: Omit<RowContext, 'kind'>) => Health {
  const at = (name: string): number => columns.indexOf(name)
  const [status, ready, restarts, age] = [at('STATUS'), at('READY'), at('RESTARTS'), at('AGE')]
  if (status >= 0 && (kind === 'Pod' || (kind === undefined && ready >= 0 && restarts >= 0))) {
    return (row, { now, object }) =>
      podVerdict({
        status: row[status] ?? '',
        ready: parseRatio(row[ready] ?? ''),
        restarts: parseRestarts(row[restarts] ?? ''),
        age: (object && ageOf(object, now)) ?? parseAge(row[age] ?? ''),
        deletion: object && deletionHealth(object, now),
      })
  }
  const roles = columns.map(columnRole)
  return (row, { now, object }) => {
    const seconds = (object && ageOf(object, now)) ?? parseAge(row[age] ?? '')
    const deletion = object && deletionHealth(object, now)
    return deletion ?? builtInHealth(columns, row, kind, seconds) ?? cellsHealth({ columns, roles, row, age: seconds })
  }
}

/** Built-in kinds whose cells need special rules. */
function builtInHealth(
  columns: readonly string[],
  row: readonly string[],
  kind: string | undefined,
  age: number | undefined,
): Health | undefined {
  const cell = (name: string): string => row[columns.indexOf(name)] ?? ''
  if (cell('EXTERNAL-IP') === '<pending>') return byDeadline(age, READY_DEADLINE, state('state-no-address'))
  if (cell('TARGETS').includes('<unknown>'))
    return byDeadline(age, READY_DEADLINE, state('state-no-metrics', { targets: cell('TARGETS') }))
  if (kind === 'Node' || columns.includes('KERNEL-VERSION') || columns.includes('ROLES')) {
    const [word, ...others] = cell('STATUS').split(',')
    if (word !== 'Ready') return undefined
    return others.includes('SchedulingDisabled') ? ok(state('state-cordoned')) : ok()
  }
  if (kind === 'Job' || columns.includes('COMPLETIONS'))
    return cell('STATUS') === 'Running' ? waiting('Running') : undefined
  return undefined
}
