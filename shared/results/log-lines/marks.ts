/** Lines that code puts into a log's text: where lines are missing, and where another run of the container begins. */

const GAP = /^… \(([\d,]+) lines?\)$/
const RUN = /^=== .* ===$/

/** `1,234`: digits in groups, in plain English. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1 line`, `1,234 lines`. */
export function lineCount(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'line' : 'lines'}`
}

/** Stands for lines that are left out. */
export function gapMark(count: number): string {
  return `… (${lineCount(count)})`
}

/** @returns how many lines the mark stands for; undefined for a line of the log */
export function gapOf(line: string): number | undefined {
  const digits = line.startsWith('…') ? GAP.exec(line)?.[1] : undefined
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''))
}

/** Stands above the lines of one run of a container, if a text holds several. */
export function runMark(text: string): string {
  return `=== ${text} ===`
}

export function isRunMark(line: string): boolean {
  return line.startsWith('===') && RUN.test(line)
}
