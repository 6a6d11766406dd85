/** Usage of pods and nodes: one call, then the biggest users. */
import { failureIn } from '../results/evidence'
import type { Intent } from '../question/intent'
import { ask, say } from './reply'
import type { Reply, RuleContext } from './reply'
import { whereOf } from '../phrases/phrases'
import { looksGenerated } from '../question/names'
import { readRows } from '../results/tables'
import type { Row } from '../results/tables'

export function topRule(context: RuleContext, intent: Extract<Intent, { type: 'top' }>): Reply {
  const { turn, phrases } = context
  const measured = turn.done.at(-1)
  const { kind, name, namespace, sortBy } = intent
  // Pods of a workload are found among all.
  const one = name !== undefined && (kind === 'nodes' || looksGenerated(name)) ? name : undefined
  if (!measured) return ask(context, [{ do: 'top', kind, name: one, namespace, sortBy }])
  const all = readRows(measured.result)
  const own = all?.filter(({ NAME, POD }) => name !== undefined && (NAME ?? POD ?? '').startsWith(name))
  const rows = own?.length ? own : all
  const failure = failureIn(measured.result)
  if (!rows) return say(phrases, failure ? phrases.failed(failure) : phrases.unreadable(measured.result.slice(0, 200)))
  const counted = `${phrases.counted(rows.length, kind, whereOf(phrases, namespace))}.`
  const cpu = busiest(rows, /^CPU(?!.*%)/)
  const memory = busiest(rows, /^MEMORY(?!.*%)/)
  if (!cpu || !memory) return say(phrases, counted)
  return say(phrases, `${counted} ${phrases.mostUsed(kind, cpu, memory)} ${phrases.tableBelow}`)
}

/** @param column prefix of the heading: `CPU(CORES)`, `MEMORY(BYTES)`, `CPU` */
function busiest(rows: Row[], column: RegExp): string | undefined {
  const cells = rows.map((row) => {
    const text = Object.entries(row).find(([heading]) => column.test(heading))?.[1] ?? ''
    return { name: row.POD || row.NAME || '', text, amount: amountOf(text) }
  })
  const most = cells
    .filter(({ name }) => name !== '')
    .reduce<(typeof cells)[number] | undefined>((best, each) => {
      return best === undefined || each.amount > best.amount ? each : best
    }, undefined)
  return most && `\`${most.name}\` (${most.text})`
}

const UNITS: Record<string, number> = { n: 1e-9, u: 1e-6, m: 1e-3, '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 }

function amountOf(text: string): number {
  const match = /^([\d.,]+)\s*(n|u|m|Ki|Mi|Gi)?/.exec(text)
  return match ? Number(match[1]?.replaceAll(',', '')) * (UNITS[match[2] ?? ''] ?? 1) : 0
}
