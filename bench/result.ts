/** The result of a measure: lines with figures and goals, and tables with the details. */

export interface Line {
  what: string
  /** Includes the unit. */
  figure: string
  goal?: string
  /** Absent without a goal or without a measurement. */
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
  /** A short trial run whose figures are not reliable. */
  quick: boolean
}

export type Measure = (context: Context) => Promise<Result>

/** A figure with an upper limit. */
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
