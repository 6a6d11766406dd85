/** Lines that code inserts into a log's text: gaps, and the start of another run. */
import { grouped } from '../../text/grouped'

const GAP = /^… \(([\d,]+) lines?\)$/
const RUN = /^=== .* ===$/

/** `1 line`, `1,234 lines`. */
export function lineCount(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'line' : 'lines'}`
}

/** Stands for omitted lines. */
export function gapMark(count: number): string {
  return `… (${lineCount(count)})`
}

/** @returns how many lines the mark stands for; undefined for a log line */
export function gapOf(line: string): number | undefined {
  const digits = line.startsWith('…') ? GAP.exec(line)?.[1] : undefined
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''))
}

/** Heads the lines of one run, if a text holds several. */
export function runMark(text: string): string {
  return `=== ${text} ===`
}

export function isRunMark(line: string): boolean {
  return line.startsWith('===') && RUN.test(line)
}
