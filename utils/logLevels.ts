/** The level of a log line, read from what loggers print. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug'

const names: Record<string, LogLevel> = {
  ...{ fatal: 'fatal', panic: 'fatal', emerg: 'fatal', crit: 'fatal', critical: 'fatal' },
  ...{ error: 'error', err: 'error', severe: 'error', alert: 'error' },
  ...{ warn: 'warn', warning: 'warn', wrn: 'warn' },
  ...{ info: 'info', inf: 'info', information: 'info', notice: 'info', log: 'info' },
  ...{ debug: 'debug', dbg: 'debug', trace: 'debug', verbose: 'debug' },
}
// klog: `E0102 15:04:05.000000       1 file.go:12] text`
const klog: Record<string, LogLevel> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' }
const klogPattern = /^([IWEF])\d{4} \d\d:\d\d:\d\d/
// JSON and logfmt: `"level":"error"`, `severity=WARNING`, pino's `"level":50`
const fieldPattern = /["']?\b(?:level|lvl|severity|loglevel)["']?\s*[:=]\s*["']?(\w+)/i
const wordPattern = /\b(FATAL|PANIC|CRITICAL|SEVERE|ERROR|WARN(?:ING)?|INFO|NOTICE|DEBUG|TRACE)\b/
const bracketPattern = /\[(emerg|alert|crit|error|err|warn|warning|notice|info|debug|trace|fatal)\]/i
const openingPattern = /^(?:\S+ )?(panic|fatal|error|warning|warn|info|debug):/i
const exceptionPattern = /^(?:Traceback \(most recent call last\)|Exception in thread |[\w.]+(?:Exception|Error): )/

// kubelet's or the CRI's timestamp, when logs are read with --timestamps
const timestamp = /^\d{4}-\d\d-\d\dT\S+\s+/

function fieldLevel(value: string): LogLevel | undefined {
  const level = names[value.toLowerCase()]
  if (level !== undefined || !/^\d+$/.test(value)) return level
  // pino's and bunyan's numbers
  const number = Number(value)
  if (number >= 60) return 'fatal'
  if (number >= 50) return 'error'
  if (number >= 40) return 'warn'
  return number >= 30 ? 'info' : 'debug'
}

/** @returns the line's level, or undefined where it names none. */
export function logLevel(line: string): LogLevel | undefined {
  // A level stands near the beginning; a long message may speak of errors without being one.
  const head = line.replace(timestamp, '').slice(0, 300)
  const letter = klogPattern.exec(head)?.[1]
  if (letter !== undefined) return klog[letter]
  const field = fieldPattern.exec(head)?.[1]
  const named = field === undefined ? undefined : fieldLevel(field)
  if (named !== undefined) return named
  const word = (bracketPattern.exec(head) ?? openingPattern.exec(head) ?? wordPattern.exec(head))?.[1]
  if (word !== undefined) return names[word.toLowerCase()]
  return exceptionPattern.test(head) ? 'error' : undefined
}

/** The level of each line; an indented line, as in a stack trace, has that of the line before it. */
export function logLevels(lines: readonly string[]): (LogLevel | undefined)[] {
  let last: LogLevel | undefined
  return lines.map((line) => {
    const own = logLevel(line)
    last = own ?? (/^\s+\S/.test(line) ? last : undefined)
    return last
  })
}
