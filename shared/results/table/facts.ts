/** The first lines of a table for the model: count, scope, health, and missing coverage. */
import type { Coverage, Verdict } from '../../result'
import { grouped } from '../../text/grouped'
import type { TableLike } from './columns'

/** Maximum names in a sentence; a note lists the others. */
const MOST_NAMES = 5

/** `3 bad, 400 waiting, 4,657 ok`; bad is included even if 0. */
export function verdictCounts(verdicts: readonly Verdict[]): string {
  const numbers: Record<Verdict, number> = { bad: 0, waiting: 0, unknown: 0, ok: 0 }
  for (const verdict of verdicts) numbers[verdict]++
  return [
    `${grouped(numbers.bad)} bad`,
    ...(['waiting', 'unknown', 'ok'] as const).flatMap((one) =>
      numbers[one] > 0 ? [`${grouped(numbers[one])} ${one}`] : [],
    ),
  ].join(', ')
}

/** The summary sentence, and a line for each note. */
export function factLines(table: TableLike, health: string): string[] {
  const { rows, coverage } = table
  const total = Math.max(coverage?.total ?? 0, rows.length)
  const what = nameOf(table, total)
  const notes = (coverage?.notes ?? []).map((note) => note.text)
  const unread = notes.length === 0 ? unreadNames(coverage) : []
  const isPart = coverage !== undefined && !coverage.complete
  const where = coverage ? place(coverage, table.resource?.namespaced ?? true, total === 0 ? 'any' : 'all') : ''
  const numbers =
    total > rows.length ? `${grouped(rows.length)} of ${grouped(total)}` : total === 0 ? 'no' : grouped(total)
  const of = total > rows.length && health !== '' ? `; of these ${grouped(rows.length)}` : ''
  const sentence = `${numbers} ${what}${where}${rows.length === 0 || health === '' ? '' : `${of}: ${health}`}.`
  return [isPart ? `Not everything could be read: ${sentence}` : capitalised(sentence), ...notes, ...unread]
}

function nameOf({ resource }: TableLike, total: number): string {
  if (!resource) return total === 1 ? 'row' : 'rows'
  return total === 1 ? resource.kind.toLowerCase() : resource.plural
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function place({ scope, namespaces = [] }: Coverage, isNamespaced: boolean, all: 'any' | 'all'): string {
  switch (scope) {
    case 'cluster':
      return isNamespaced ? ` in ${all} namespace${all === 'any' ? '' : 's'}` : ''
    case 'namespaces':
      if (namespaces.length === 0) return ''
      return ` in namespace${namespaces.length === 1 ? '' : 's'} ${names(namespaces)}`
    case 'object':
      return ''
  }
}

function unreadNames(coverage: Coverage | undefined): string[] {
  const unread = coverage?.unreadNamespaces ?? []
  return unread.length === 0 ? [] : [`Not read: ${names(unread)}.`]
}

function names(all: readonly string[]): string {
  const others = all.length - MOST_NAMES
  return [...all.slice(0, MOST_NAMES), ...(others > 0 ? [`${grouped(others)} others`] : [])].join(', ')
}
