/** The table of a run: one line for each fault. */
import { inColumns } from '../../bench/report'
import { percentile } from '../../bench/stats'
import { broken } from './fault'
import type { Outcome, Row } from './fault'

const HEAD = ['fault', 'transport', 'runs', 'next answer', 'max', 'twice', 'lost', 'unusable', '', 'the page was told']

export function table(rows: Row[]): string {
  return inColumns(HEAD, rows.map(cells))
}

/** Progress line of a fault. */
export function line(row: Row): string {
  const [fault, transport, runs, median, max, twice, lost, unusable, verdict, told] = cells(row)
  const counts = `twice ${twice}, lost ${lost}, unusable ${unusable}`
  return `${verdict}  ${fault} (${transport}): ${runs} runs, ${median}, at most ${max}; ${counts}; ${told}`
}

export function isKept({ fault, outcomes }: Row): boolean {
  return outcomes.every((outcome) => broken(fault, outcome).length === 0)
}

/** Distinct problems. */
export function complaints({ fault, outcomes }: Row): string[] {
  const words = outcomes.flatMap((outcome) => broken(fault, outcome).map((each) => `${each} [told: ${outcome.told}]`))
  return [...new Set(words)].map((each) => `${fault.name} (${fault.transport}): ${each}`)
}

function cells(row: Row): string[] {
  const { fault, outcomes } = row
  const { name, transport, limitMs, skipped } = fault
  if (skipped !== undefined) return [name, transport, '0', '–', '–', '–', '–', '–', 'skipped', skipped]
  const times = outcomes.flatMap(({ recoveryMs }) => (recoveryMs === undefined ? [] : [recoveryMs]))
  const max = `${ms(Math.max(...times))}${limitMs === undefined ? '' : ` < ${limitMs / 1000} s`}`
  return [
    name,
    transport,
    String(outcomes.length),
    times.length > 0 ? ms(percentile(times, 0.5)) : '–',
    times.length > 0 ? max : '–',
    String(outcomes.reduce((sum, { executedTwice = 0 }) => sum + executedTwice, 0)),
    String(outcomes.filter(({ isLost }) => isLost).length),
    String(outcomes.filter(({ isUnusable }) => isUnusable).length),
    isKept(row) ? 'kept' : 'BROKEN',
    told(outcomes),
  ]
}

const ms = (value: number) => (value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`)

/** Distinct messages, most frequent first. */
function told(outcomes: Outcome[]): string {
  const counts = new Map<string, number>()
  for (const outcome of outcomes) counts.set(outcome.told, (counts.get(outcome.told) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([words, count]) => (counts.size > 1 ? `${count} × ${words}` : words))
    .join(' | ')
}
