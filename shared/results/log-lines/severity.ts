/**
 * The severity of a log line from common log formats, for page and model. Containing the word "error" is neither
 * necessary nor sufficient.
 */
import { parseJsonLine } from './json-line'
import type { JsonLine } from './json-line'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug'

const NAMES: Record<string, LogLevel> = {
  ...{ fatal: 'fatal', ftl: 'fatal', panic: 'fatal', dpanic: 'fatal', emerg: 'fatal', emergency: 'fatal' },
  ...{ crit: 'fatal', critical: 'fatal' },
  ...{ error: 'error', err: 'error', eror: 'error', severe: 'error', alert: 'error', fail: 'error' },
  ...{ warn: 'warn', warning: 'warn', wrn: 'warn' },
  ...{ info: 'info', inf: 'info', information: 'info', informational: 'info', notice: 'info', log: 'info' },
  ...{ debug: 'debug', dbg: 'debug', dbug: 'debug', trace: 'debug', trce: 'debug', trc: 'debug', verbose: 'debug' },
  ...{ vrb: 'debug', fine: 'debug', finer: 'debug', finest: 'debug' },
}

/** A level is near the beginning of a line; a long message may mention errors. */
const HEAD = 300

const KLOG = /^([IWEF])(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\s|$)/
const KLOG_LEVELS: Record<string, LogLevel> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' }

/**
 * Times at the start of a line: RFC 3339, `2026/11/29 09:00:00`, `09:00:00.123`, `[29/Nov/2026 …]`, with or without
 * brackets.
 */
const LEADING_TIME =
  /^\s*\[?(?:\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?|\d\d:\d\d:\d\d(?:[.,]\d+)?)\]?[\s:|,-]*/

/** logfmt and incomplete JSON: `level=error`, `"severity":"CRITICAL"`, pino's `"level":50`. */
const FIELD = /["']?\b(?:level|lvl|severity|loglevel|levelname)["']?\s*[:=]\s*["']?(\w+)/i
const STATUS_FIELD = /["']?\b(?:status|status_?code|http_status|response_code)["']?\s*[:=]\s*["']?([1-5]\d\d)\b/i
/** `"GET /path HTTP/1.1" 503`, as nginx, Apache and Envoy print it. */
const ACCESS = /"(?:[A-Z]{3,10}) [^"]* HTTP\/[\d.]+"\s+(\d{3})\b/
/** `GET /path 503`, gin's `| 503 |`. */
const BARE_ACCESS = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+\/\S*\s+(?:HTTP\/[\d.]+\s+)?([1-5]\d\d)\b/
const GIN = /^\[GIN\].*?\|\s*([1-5]\d\d)\s*\|/

const BRACKETED =
  /[[<(](emerg|alert|crit|critical|error|err|eror|warn|warning|notice|info|debug|trace|fatal)(?::\w+)?[\])>]/i
const SHORT_BRACKETED = /[\s[](FTL|ERR|WRN|INF|DBG|TRC|VRB)\]/
/** The level as the first word: `error: …`, `npm ERR! …`, `fail: …`, `[pod] Error: …`. */
const OPENING =
  /^(?:\S+ )?(panic|fatal|fatal error|error|err|warning|warn|info|debug|fail|crit|dbug|trce)(?:: |:$|!|\t)/i
/** `2026-11-29T09:00:00Z  error  …`: a lower-case level counts after a time. */
const AFTER_TIME = /^(fatal|panic|critical|crit|error|err|warning|warn|info|notice|debug|trace)(?=[\s:|\]]|$)/i
const WORD = /\b(FATAL|PANIC|CRITICAL|EMERGENCY|SEVERE|ERROR|ERR|WARN(?:ING)?|INFO|NOTICE|DEBUG|TRACE|LOG(?=:))\b/

const EXCEPTION =
  /^(?:Traceback \(most recent call last\)|Exception in thread |Caused by: |Unhandled|Uncaught |PHP Fatal error|\[?Segmentation fault|terminate called|(?:[\w$]+\.)*[A-Z][\w$]*(?:Exception|Error)(?::|$)|(?:Error|error): )/
const PANIC = /^(?:panic: |fatal error: |Fatal error: |thread '[^']*' panicked|Out of memory|OOMKilled)/

/** Negations: `0 errors`, `no error`, `"error":null`, `error_count=0`, `errors: 0`. */
const NO_ERROR =
  /\b(?:0|[Nn]o|zero|without(?: any)?) (?:[Ee]rrors?|[Ff]ailures?)\b|\b(?:[Ee]rrors?|ERRORS?|err|failures?|failed|error_?[Cc]ount)["']?\s*[:=]\s*(?:0\b(?!\.\d)|null\b|nil\b|[Nn]one\b|<nil>|false\b|undefined\b|""|''|\[\]|\{\})|\b(?:errors|failures|failed) 0\b/g
/** Failure words in plain texts, except in a path, name or parameter. */
const TROUBLE =
  /(?<![\w/.?&=-])(?:errors?|refused|denied|timed? ?out|timeout|expired|unreachable|no such (?:host|file|table|user)|no space left|not found|cannot|can't|could not|couldn't|failed|failure|unable to|x509|killed|oom|aborted|crash(?:ed|ing)?|forbidden|unauthorized|invalid|exception)(?![\w/=-])/i

/** @returns the line's level, or undefined if it has none */
export function severityOf(line: string): LogLevel | undefined {
  const head = line.slice(0, HEAD)
  const klog = KLOG.exec(head)?.[1]
  if (klog !== undefined) return KLOG_LEVELS[klog]
  const json = head.includes('{') ? parseJsonLine(line) : undefined
  if (json) return jsonSeverity(json)
  const status = (ACCESS.exec(line) ?? GIN.exec(head))?.[1]
  if (status !== undefined) return statusSeverity(status)
  const named = fieldSeverity(FIELD.exec(head)?.[1])
  if (named !== undefined) return named
  return textSeverity(head)
}

function textSeverity(head: string): LogLevel | undefined {
  const text = head.replace(LEADING_TIME, '')
  if (PANIC.test(text)) return 'fatal'
  const afterTime = text === head ? undefined : nameOf(AFTER_TIME.exec(text)?.[1])
  // No negation begins with such a word.
  if (afterTime !== undefined && afterTime !== 'error') return afterTime
  const clean = text.replace(NO_ERROR, '')
  const named =
    (text !== head ? AFTER_TIME.exec(clean) : undefined) ??
    BRACKETED.exec(head.slice(0, 120)) ??
    SHORT_BRACKETED.exec(head.slice(0, 80)) ??
    OPENING.exec(clean) ??
    WORD.exec(clean.slice(0, 120))
  if (named?.[1] !== undefined) return nameOf(named[1])
  if (EXCEPTION.test(clean.trimStart())) return 'error'
  const status = (BARE_ACCESS.exec(text) ?? STATUS_FIELD.exec(text))?.[1]
  if (status !== undefined) return statusSeverity(status)
  return TROUBLE.test(clean) ? 'warn' : undefined
}

function nameOf(word: string | undefined): LogLevel | undefined {
  return word === undefined ? undefined : NAMES[word.toLowerCase().replace(/ .*/, '')]
}

function jsonSeverity({ level, message, fields }: JsonLine): LogLevel | undefined {
  const own = level === undefined ? undefined : fieldSeverity(String(level))
  if (own !== undefined) return own
  const status = fields.status ?? fields.statusCode ?? fields.status_code ?? fields.response_code
  if (status !== undefined && /^[1-5]\d\d$/.test(String(status))) return statusSeverity(String(status))
  const error = fields.error ?? fields.err ?? fields.exception
  if (error !== undefined && error !== false && error !== 0) return 'error'
  return message === '' ? undefined : textSeverity(message.slice(0, HEAD))
}

/** The level of a field, as a word or as pino's and bunyan's numbers. */
function fieldSeverity(value: string | undefined): LogLevel | undefined {
  if (value === undefined) return undefined
  if (!/^\d+$/.test(value)) return NAMES[value.toLowerCase()]
  const number = Number(value)
  if (number < 10) return undefined
  if (number >= 60) return 'fatal'
  if (number >= 50) return 'error'
  if (number >= 40) return 'warn'
  return number >= 30 ? 'info' : 'debug'
}

/** A 5xx status is an error; a 4xx one is normal. */
function statusSeverity(status: string): LogLevel {
  return status.startsWith('5') ? 'error' : 'info'
}

/** True for a line that continues the previous one: a stack frame, a cause, an indented detail. */
export function isContinuation(line: string): boolean {
  return /^(?:[ \t]+\S|Caused by: |Suppressed: |\.\.\. \d+ |at \S+\(|\}|\))/.test(line)
}

/** The level of each line; continuations inherit it. */
export function severitiesOf(lines: readonly string[]): (LogLevel | undefined)[] {
  let last: LogLevel | undefined
  return lines.map((line) => {
    if (isContinuation(line) && last !== undefined) return last
    last = severityOf(line)
    return last
  })
}
