/** What a measure gives: lines with a figure, most of them with a goal, and tables that show where the figures are from. */

export interface Line {
  what: string
  /** With its unit. */
  figure: string
  goal?: string
  /** Absent where there is no goal, or nothing was measured. */
  met?: boolean
}

export interface Table {
  title: string
  columns: string[]
  rows: string[][]
}

export interface Result {
  lines: Line[]
  tables: Table[]
}

export interface Context {
  /** Short, for trying: its figures are not to be trusted. */
  quick: boolean
}

export type Measure = (context: Context) => Promise<Result>

/** A figure against a goal it shall not exceed. */
export function limit(what: string, value: number, goal: number, unit: string, digits = 1): Line {
  const shown = (number: number, places: number) => `${number.toFixed(places)}${unit === '×' ? ' ×' : ` ${unit}`}`
  return { what, figure: shown(value, digits), goal: `≤ ${goal} ${unit}`, met: value <= goal }
}

export function info(what: string, value: number, unit: string, digits = 1): Line {
  return { what, figure: `${value.toFixed(digits)} ${unit}` }
}

export function ms(value: number): string {
  return value.toFixed(2)
}
