/** Decides whether rows of kubectl's tables show a problem. */
import type { Verdict } from '#shared/result'
import { mapSteps } from '#shared/steps'
import type { Steps } from '#shared/steps'

const healthy = new Set([
  'running',
  'completed',
  'complete',
  'succeeded',
  'active',
  'ready',
  'bound',
  'available',
  'deployed',
  'true',
  'healthy',
  'established',
])

/** Columns that show the health of a row. */
const TELLING = ['STATUS', 'READY', 'COMPLETIONS']

/** A state that usually passes. */
const WAITING = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating'])

/** The verdict of each row, if the table's columns tell it. */
export function* rowVerdicts({
  columns,
  rows,
}: {
  columns: string[]
  rows: string[][]
}): Steps<{ verdicts?: Verdict[] }> {
  if (!TELLING.some((name) => columns.includes(name))) return {}
  const isUnhealthy = unhealthyTest(columns)
  const status = columns.indexOf('STATUS')
  const verdictOf = (row: string[]): Verdict => {
    if (!isUnhealthy(row)) return 'ok'
    return WAITING.has(row[status] ?? '') ? 'waiting' : 'bad'
  }
  return { verdicts: yield* mapSteps(rows, verdictOf) }
}

/** Returns a test for rows of a table with these columns: true for rows to look at first. */
function unhealthyTest(columns: string[]): (row: string[]) => boolean {
  const at = (name: string): number => columns.indexOf(name)
  const [status, ready, desired, completions] = [at('STATUS'), at('READY'), at('DESIRED'), at('COMPLETIONS')]
  return (row) => {
    const state = status >= 0 ? (row[status] ?? '') : ''
    if (isFinished(state)) return false
    if (state !== '' && !isHealthy(state)) return true
    if (ready >= 0 && desired >= 0) return Number(row[ready]) < Number(row[desired])
    return isPartial(row[ready] ?? '') || isPartial(row[completions] ?? '')
  }
}

function isFinished(status: string): boolean {
  return status === 'Completed' || status === 'Succeeded'
}

function isHealthy(status: string): boolean {
  // mcp-server-kubernetes writes `3/3 ready` as a status.
  return healthy.has(status.toLowerCase()) || (/ ready$/.test(status) && !isPartial(status))
}

/** `1/2`, also before a word. */
function isPartial(cell: string): boolean {
  const match = /^(\d+)\/(\d+)(?:\s|$)/.exec(cell)
  return match !== null && Number(match[1]) < Number(match[2])
}
