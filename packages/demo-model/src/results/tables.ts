/** Parses tables in a tool result: kubectl's aligned columns, tabs, pipes, or a JSON list. */
import { z } from 'zod'

/** Cells by column heading, in capitals as kubectl prints them. */
export type Row = Record<string, string>

const jsonListSchema = z.looseObject({ items: z.array(z.record(z.string(), z.unknown())) })

/** @returns undefined if the text is not a table; an empty list if the tool reports none */
export function readRows(text: string): Row[] | undefined {
  if (OWN_EMPTY.test(text)) return []
  if (/^\s*\(no rows\)|^\s*(# )?no (resources|pods|events|items|helm releases)\b.*found/im.test(text)) return []
  return jsonRows(text) ?? textRows(text)
}

function jsonRows(text: string): Row[] | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const list = jsonListSchema.safeParse(JSON.parse(text))
    return list.data?.items.map((item) =>
      Object.fromEntries(Object.entries(item).map(([name, value]) => [name.toUpperCase(), String(value)])),
    )
  } catch {
    return undefined
  }
}

/** The first line of a table of our own server: `24 pods in all namespaces: 5 bad, 19 ok.` */
const OWN_FACTS =
  /^(Not everything could be read: )?([\d,]+)(?: of ([\d,]+))? \S+[^\n:]*(?:: ([\d,]+) (?:bad|Warning)\b[^\n]*)?\.(?=\n|$)/
const OWN_EMPTY = /^(?:Not everything could be read: )?[Nn]o \S+(?: in [^\n]*)?\.(?=\n|$)/

/** Coverage gaps that our own server reports. */
export function readGaps(text: string): string[] {
  if (!text.startsWith('Not everything could be read: ')) return []
  const lines = text.split('\n').slice(1)
  const end = lines.findIndex((line) => line.includes('\t') || line.startsWith('By '))
  return end < 0 ? lines : lines.slice(0, end)
}

/** Totals over all rows, including omitted ones. */
export interface Totals {
  rows: number
  /** Absent if unknown. */
  unhealthy?: number
}

/**
 * Parses our own server's first line, or others' last one: `… 4,873 of 5,000 rows left out (statuses: 4,990 Running, 10
 * CrashLoopBackOff).` or, for an older result, `… 31 more lines of this older result left out.`
 * @param shown number of parsed rows
 */
export function readTotals(text: string, shown: number): Totals | undefined {
  const own = OWN_FACTS.exec(text)
  if (own) {
    const [, , rows = '', of = rows, bad] = own
    return { rows: number(of), ...(bad !== undefined && { unhealthy: number(bad) }) }
  }
  const match = /^… [\d,]+ of ([\d,]+) rows left out(?: \((?:(?:statuses|types): )?([^)]*)\))?/m.exec(text)
  if (!match?.[1]) {
    const gone = /^… ([\d,]+) more lines of this older result left out/m.exec(text)?.[1]
    return gone === undefined ? undefined : { rows: shown + number(gone) }
  }
  const rows = number(match[1])
  const parts = [...(match[2] ?? '').matchAll(/(\d[\d,]*) ([^,]+)/g)].map(([, count = '0', word = '']) => ({
    count: number(count),
    word,
  }))
  if (parts.length === 0) return { rows }
  const fine = parts.filter(({ word }) => /^(Running|Completed|Succeeded|Active|Ready|Normal)$/.test(word))
  const only = parts.length === 1 && parts[0]?.word === 'not ready' ? parts[0].count : undefined
  return { rows, unhealthy: only ?? rows - fine.reduce((sum, { count }) => sum + count, 0) }
}

function number(text: string): number {
  return Number(text.replaceAll(',', ''))
}

/** The first line of headings starts the table; a line with other columns ends it. */
function textRows(text: string): Row[] | undefined {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => /^\|?\s*[A-Z][A-Z-]*( [A-Z-]+)*(\([A-Z]\))?(\s{2,}|\t|\s*\|)\s*[A-Z]/.test(line))
  const header = lines[at]
  if (header === undefined) return undefined
  const rest = lines.slice(at + 1).filter((line) => !/^[|\s:-]*$|^…/.test(line))
  const separator = header.includes('\t') ? '\t' : header.includes('|') ? '|' : undefined
  const split = separator ? (line: string) => bySeparator(line, separator) : columnSplitter(header, rest)
  const names = split(header).map((name) => name.toUpperCase())
  return rest.flatMap((line) => {
    const cells = split(line)
    const isRow = cells.filter((cell) => cell !== '').length > 1 || names.length === 1
    return isRow ? [Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']))] : []
  })
}

function bySeparator(line: string, separator: string): string[] {
  const trimmed = separator === '|' ? line.trim().replace(/^\||\|$/g, '') : line
  return trimmed.split(separator).map((cell) => cell.trim())
}

/** Splits at the headings' positions, since a cell may be empty; at gaps if lines are not aligned. */
function columnSplitter(header: string, lines: string[]): (line: string) => string[] {
  const starts = [...header.matchAll(/\S+( \S+)*/g)].map((match) => match.index)
  const aligned = lines.every((line) =>
    starts.every((start) => start === 0 || start >= line.length || line[start - 1] === ' '),
  )
  if (!aligned) return (line) => line.trim().split(/\s{2,}/)
  return (line) => starts.map((start, column) => line.slice(start, starts[column + 1]).trim())
}
