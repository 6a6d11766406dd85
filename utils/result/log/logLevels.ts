/** The level of each log line, by the same rules for page and model. */
import { severityOf } from '#shared/results/log-lines/severity'
import type { LogLevel } from '#shared/results/log-lines/severity'

export type { LogLevel }

// kubelet's or the CRI's timestamp, when logs are read with --timestamps
const timestamp = /^\d{4}-\d\d-\d\dT\S+\s+/

/** @returns the line's level, or undefined if it has none */
export function logLevel(line: string): LogLevel | undefined {
  return severityOf(line) ?? severityOf(line.replace(timestamp, ''))
}

/** The level of each line; indented lines, as in a stack trace, inherit it. */
export function logLevels(lines: readonly string[]): (LogLevel | undefined)[] {
  let last: LogLevel | undefined
  return lines.map((line) => {
    const own = /^\s+\S/.test(line) ? last : logLevel(line)
    last = own
    return last
  })
}
