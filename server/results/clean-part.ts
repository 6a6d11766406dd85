import type { ResultPart } from '#shared/result'
import { NO_OUTPUT } from './parse/reading'
import { isHarmless, REDACTED } from './redact/marker'
import { redactText } from './redact/redact-text'
import { isCredential, promiseOf } from './redact/sensitive-keys'
import { sanitizeText } from './sanitize'

/**
 * The one way out of this folder: every text of a part, without hidden characters and then without credentials, in this
 * order, since an invisible character within a token hides it. Tables are cleaned cell by cell, after they were taken
 * apart: to clean them before would move the columns.
 */
export function cleanPart(part: ResultPart): ResultPart {
  switch (part.kind) {
    case 'table': {
      // Thousands of rows say `Running`: each text is cleaned once.
      const cleaned = new Map<string, string>()
      const clean = (cell: string): string => {
        const known = cleaned.get(cell)
        if (known !== undefined) return known
        const text = cleanCell(cell)
        cleaned.set(cell, text)
        return text
      }
      // `-o custom-columns=PASSWORD:…`: the heading is the key.
      const secret = part.columns.map((column) => promiseOf(column) !== undefined)
      const cleanRow = (row: string[]): string[] =>
        row.map((cell, index) =>
          secret[index] && isCredential(part.columns[index] ?? '', cell) && !isHarmless(cell) ? REDACTED : clean(cell),
        )
      return { kind: 'table', columns: part.columns.map(clean), rows: part.rows.map(cleanRow) }
    }
    case 'log': {
      const source = part.source === undefined ? {} : { source: cleanCell(part.source) }
      return { kind: 'log', text: cleanText(part.text), ...source }
    }
    case 'yaml':
    case 'text':
      return { kind: part.kind, text: cleanText(part.text) }
  }
}

function cleanText(text: string): string {
  const clean = redactText(sanitizeText(text))
  return clean.trim() === '' ? NO_OUTPUT : clean
}

/** A cell stays on one line. */
function cleanCell(cell: string): string {
  const clean = redactText(sanitizeText(cell))
  if (!clean.includes('\n')) return clean
  const lines = clean.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ')
}
