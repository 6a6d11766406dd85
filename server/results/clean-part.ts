import type { ResultPart, TableResult } from '#shared/result'
import { cleanText } from './clean-text'
import { NO_OUTPUT } from './parse/reading'
import { isHarmless, REDACTED } from './redact/marker'
import { cleanInSteps } from './redact/redact-steps'
import { isCredential, promiseOf } from './redact/sensitive-keys'
import type { Steps } from './steps'

/** A few milliseconds of work. */
const rowsAtOnce = 200

/**
 * The one way out of this folder: every text of a part, without hidden characters and then without credentials, in this
 * order, since an invisible character within a token hides it. Tables are cleaned cell by cell, after they were taken
 * apart: to clean them before would move the columns.
 */
export function* cleanPart(part: ResultPart): Steps<ResultPart> {
  switch (part.kind) {
    case 'table':
      return yield* cleanTable(part)
    case 'log': {
      const source = part.source === undefined ? {} : { source: cleanCell(part.source) }
      return { kind: 'log', text: yield* cleanBody(part.text), ...source }
    }
    case 'yaml':
    case 'text':
      return { kind: part.kind, text: yield* cleanBody(part.text) }
  }
}

function* cleanTable({ columns, rows }: TableResult): Steps<ResultPart> {
  // Thousands of rows say `Running`: each text is cleaned once.
  const cleaned = new Map<string, string>()
  // `-o custom-columns=PASSWORD:…`: the heading is the key.
  const secret = columns.map((column) => promiseOf(column) !== undefined)
  const cleanRow = (row: string[]): string[] =>
    row.map((cell, index) =>
      secret[index] && isCredential(columns[index] ?? '', cell) && !isHarmless(cell)
        ? REDACTED
        : (cleaned.get(cell) ?? cell),
    )
  const out: string[][] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    cleanCells(new Set(some.flat()), cleaned)
    for (const row of some) out.push(cleanRow(row))
    yield
  }
  return { kind: 'table', columns: columns.map(cleanCell), rows: out }
}

/** Puts what each cell is when clean into `cleaned`. Most need nothing, and one look at all of them says so. */
function cleanCells(cells: Set<string>, cleaned: Map<string, string>): void {
  const fresh = [...cells].filter((cell) => !cleaned.has(cell))
  const all = fresh.join('\n')
  const isClean = cleanText(all) === all
  for (const cell of fresh) cleaned.set(cell, isClean && !cell.includes('\n') ? cell : cleanCell(cell))
}

function* cleanBody(text: string): Steps<string> {
  const clean = yield* cleanInSteps(text)
  return clean.trim() === '' ? NO_OUTPUT : clean
}

/** A cell stays on one line. */
function cleanCell(cell: string): string {
  const clean = cleanText(cell)
  if (!clean.includes('\n')) return clean
  const lines = clean.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ')
}
