/** Looks for lines in a kept log, manifest or text. */
import { msg } from '#shared/messages/create'
import type { Coverage, LogResult, ObjectResult, ResultPart } from '#shared/result'
import { gapMark } from '#shared/results/log-lines/marks'
import { shortLine } from '#shared/results/log-lines/readable'
import { containsAny } from '#shared/results/query/where'
import { estimateTokens } from '#shared/results/tokens'
import type { FindArguments } from './find-arguments'
import type { Found } from './find-rows'

export type LinesPart = Extract<ResultPart, { kind: 'log' | 'yaml' | 'text' | 'object' }>

/** Lines before and after each match. */
const AROUND = 2
const DEFAULT_LIMIT = 200
const LONGEST_LINE = 400
/** For the notes before the lines, and the gap marks. */
const RESERVE = 80

export function findLines(part: LinesPart, args: FindArguments, maxTokens: number): Found<LinesPart> {
  const { search, from = 1, limit = DEFAULT_LIMIT } = args
  if (args.where !== undefined || args.countBy !== undefined || args.sortBy !== undefined)
    return { problem: msg('find-lines-only') }
  const lines = linesOf(part)
  const matches = search === undefined ? undefined : matchesIn(lines, search, from)
  const wanted = matches
    ? withContext(matches.slice(0, limit), lines.length)
    : range(from - 1, Math.min(from - 1 + limit, lines.length))
  const shown = (index: number) => shortLine(lines[index] ?? '', LONGEST_LINE, search)
  const taken = within(wanted, shown, maxTokens - RESERVE)
  const note = matches
    ? msg('find-lines-matched', { search: search ?? '', matched: matches.length, total: lines.length })
    : msg('find-lines', { first: from, last: (taken.at(-1) ?? from - 2) + 1, total: lines.length })
  const more = taken.length < wanted.length ? [msg('find-lines-more', { from: (taken.at(-1) ?? 0) + 2 })] : []
  const notes = [note, ...more]
  const excerpt = withGaps(taken, shown)
  const text = [...notes.map((each) => each.text), excerpt].filter(Boolean).join('\n')
  return { part: excerptOf(part, excerpt, { shown: taken.length, total: lines.length, notes }), text }
}

/** An object is searched in its description and its manifest. */
function linesOf(part: LinesPart): string[] {
  return (part.kind === 'object' ? objectLines(part) : part.text).split('\n')
}

function objectLines({ sections, yaml }: ObjectResult): string {
  const described = sections.map(({ title, columns, rows, text }) =>
    [title, columns?.join('\t'), ...(rows ?? []).map((row) => row.join('\t')), text].filter(Boolean).join('\n'),
  )
  return [...described, yaml].filter(Boolean).join('\n')
}

function matchesIn(lines: readonly string[], search: string, from: number): number[] {
  return lines.flatMap((line, at) => (at >= from - 1 && containsAny(line, search) ? [at] : []))
}

function withContext(matches: readonly number[], end: number): number[] {
  const wanted = new Set(matches.flatMap((at) => range(Math.max(0, at - AROUND), Math.min(end, at + AROUND + 1))))
  return [...wanted].sort((one, other) => one - other)
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at)
}

/** As many as there is room for, from the front. */
function within(wanted: readonly number[], shown: (index: number) => string, maxTokens: number): number[] {
  let used = 0
  const at = wanted.findIndex((index) => (used += estimateTokens(shown(index)) + 1) > maxTokens)
  return at < 0 ? [...wanted] : wanted.slice(0, at)
}

function withGaps(taken: readonly number[], shown: (index: number) => string): string {
  return taken
    .flatMap((index, at) => {
      const gap = index - (taken[at - 1] ?? index - 1) - 1
      return [...(gap > 0 ? [gapMark(gap)] : []), shown(index)]
    })
    .join('\n')
}

function excerptOf(
  part: LinesPart,
  excerpt: string,
  { shown, total, notes }: Pick<Coverage, 'shown' | 'total' | 'notes'>,
): LinesPart {
  const text = excerpt === '' ? notes.map((each) => each.text).join('\n') : excerpt
  const coverage = {
    scope: 'object' as const,
    complete: true,
    ...('coverage' in part && part.coverage),
    shown,
    total,
    notes,
  }
  switch (part.kind) {
    case 'log':
      return { ...part, text, coverage } satisfies LogResult
    case 'yaml':
      return { kind: 'yaml', text }
    case 'text':
      return { kind: 'text', text }
    case 'object': {
      const { cluster, asOf } = part
      return { kind: 'text', text, ...(cluster && { cluster }), ...(asOf !== undefined && { asOf }), coverage }
    }
  }
}
