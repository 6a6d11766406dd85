/** Builds sections: `name: value` lines, and small tables without empty columns. */
import type { Section } from '../../../shared/result'

/** Names and values; lines with an empty value are left out. */
export type Lines = [name: string, value: string][]

/** @returns empty if no line has a value */
export function linesSection(title: string, lines: Lines): Section[] {
  const text = lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`)
  return text.length === 0 ? [] : [{ title, text: text.join('\n') }]
}

/** @returns empty without rows; columns that are empty in every row are left out */
export function tableSection(title: string, columns: string[], rows: string[][], text?: string): Section[] {
  if (rows.length === 0) return text === undefined ? [] : [{ title, text }]
  const used = columns.flatMap((_, at) => (rows.some((row) => row[at]) ? [at] : []))
  const pick = (row: string[]) => used.map((at) => row[at] ?? '')
  return [{ title, columns: pick(columns), rows: rows.map(pick), ...(text !== undefined && { text }) }]
}

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}
