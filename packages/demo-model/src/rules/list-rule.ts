/** Lists: one call, then a sentence or two with counts. The table is never repeated. */
import { failureIn } from '../results/evidence'
import { unhealthyRows } from '../results/health'
import type { Unhealthy } from '../results/health'
import type { Intent } from '../question/intent'
import type { ListKind } from '../question/kinds'
import { ask, say } from './reply'
import type { Reply, RuleContext } from './reply'
import { whereOf } from '../phrases/phrases'
import { readGaps, readRows, readTotals } from '../results/tables'
import type { Row } from '../results/tables'

/** Maximum names in a sentence; the table has the others. */
const MAX_NAMES = 5

export function listRule(context: RuleContext, { kind, namespace, options }: Extract<Intent, { type: 'list' }>): Reply {
  const { turn, phrases } = context
  const listed = turn.done.at(-1)
  if (!listed) return ask(context, [{ do: 'list', kind, namespace, options }])
  return say(phrases, listSentence(context, kind, namespace, listed.result))
}

function listSentence({ phrases }: RuleContext, kind: ListKind, namespace: string | undefined, result: string): string {
  const where = whereOf(phrases, namespace)
  const rows = readRows(result)
  if (!rows) {
    const failure = failureIn(result)
    return failure ? phrases.failed(failure) : phrases.unreadable(result.slice(0, 200))
  }
  const totals = readTotals(result, rows.length)
  const unhealthy = unhealthyRows(kind, rows)
  const total = totals?.rows ?? rows.length
  const gaps = readGaps(result).map((words) => `\n\n> ${words}`)
  const counted = phrases.counted(total, kind, where)
  if (total === 0) return `${counted}.${gaps.join('')}`
  const count = totals?.unhealthy ?? unhealthy.length
  const health = healthWords(phrases, kind, count, unhealthy)
  const counts = /^By [^\n]+: [^\n]+$/m.exec(kind === 'events' ? '' : result)?.[0]
  const facts = rows.length === total && rows.length <= MAX_FACTS ? factLines(kind, rows) : []
  const more = [...(counts ? [`- ${counts}`] : []), ...facts]
  const said = more.length > 0 ? `\n\n${more.join('\n')}\n\n` : ' '
  return `${counted}${health && `, ${health}`}.${said}${phrases.tableBelow}${gaps.join('')}`
}

/** The answer names the rows of a short list, by the columns that matter for its kind. */
const MAX_FACTS = 4
const FACTS: Partial<Record<ListKind, string[]>> = {
  statefulsets: ['READY'],
  daemonsets: ['DESIRED', 'READY'],
  ingresses: ['HOSTS', 'ADDRESS', 'PORTS'],
  jobs: ['STATUS', 'COMPLETIONS', 'DURATION'],
  cronjobs: ['SCHEDULE', 'SUSPEND', 'LAST SCHEDULE'],
  configmaps: ['DATA'],
  horizontalpodautoscalers: ['REFERENCE', 'TARGETS', 'REPLICAS', 'MAXPODS'],
  persistentvolumeclaims: ['STATUS', 'CAPACITY', 'STORAGECLASS'],
  persistentvolumes: ['STATUS', 'CAPACITY', 'CLAIM'],
  resourcequotas: ['REQUEST', 'LIMIT'],
  storageclasses: ['PROVISIONER'],
  releases: ['STATUS', 'REVISION', 'CHART'],
}

function factLines(kind: ListKind, rows: Row[]): string[] {
  const columns = FACTS[kind] ?? []
  if (columns.length === 0) return []
  return rows.map((row) => {
    const cells = columns.flatMap((column) => (row[column] ? [`${column} ${row[column]}`] : []))
    return `- \`${row.NAME}\`: ${cells.join(', ')}`
  })
}

function healthWords(phrases: RuleContext['phrases'], kind: ListKind, count: number, unhealthy: Unhealthy[]): string {
  if (count === 0) return kind === 'pods' || kind === 'deployments' || kind === 'nodes' ? phrases.allHealthy : ''
  const names = kind === 'events' ? reasons(unhealthy) : unhealthy.map(({ name, why }) => `\`${name}\` (${why})`)
  const shown = names.slice(0, MAX_NAMES)
  const unnamed = kind === 'events' ? names.length - shown.length : count - shown.length
  return phrases.someUnhealthy(count, kind, [...shown, ...(unnamed > 0 ? [phrases.more(unnamed)] : [])].join(', '))
}

function reasons(warnings: Unhealthy[]): string[] {
  const counts = Map.groupBy(warnings, ({ why }) => why)
  return [...counts].sort((a, b) => b[1].length - a[1].length).map(([why, all]) => `${why} (${all.length})`)
}
