/** Parses log lines that are JSON objects: level, time and message. */

/** A line of a structured log. */
export interface JsonLine {
  /** Unchanged: `50`, `error`, `CRITICAL`. */
  level: string | number | undefined
  /** Milliseconds since the epoch. */
  time: number | undefined
  /** Empty if absent. */
  message: string
  /** All other fields except null and empty ones. */
  fields: Record<string, unknown>
}

const LEVEL_KEYS = [
  'level',
  'severity',
  'lvl',
  '@level',
  'log.level',
  'loglevel',
  'logLevel',
  'levelname',
  'level_name',
]
const TIME_KEYS = ['time', 'timestamp', '@timestamp', 'ts', 't', 'datetime', 'date', 'eventTime']
const MESSAGE_KEYS = ['msg', 'message', '@message', 'event', 'text', 'textPayload', 'log', 'body']
/** Redundant for a reader who knows the pod and the container. */
const OWNER_KEYS = new Set(['pid', 'hostname', 'v', 'thread', 'threadId', 'threadName'])

/**
 * @param line a log line, possibly with a time or prefix before the object
 * @returns undefined if the line contains no JSON object
 */
export function parseJsonLine(line: string): JsonLine | undefined {
  const start = line.indexOf('{')
  if (start < 0 || start > 64 || !line.trimEnd().endsWith('}')) return undefined
  // Text before the object is a time or stream name, not a sentence.
  if (start > 0 && !/^\S+(?:\s+\S+)?\s+$/.test(line.slice(0, start))) return undefined
  const object = parseObject(line.slice(start))
  if (!object) return undefined
  const rest = new Map(Object.entries(object))
  const level = take(rest, LEVEL_KEYS, (value) =>
    typeof value === 'string' || typeof value === 'number' ? value : undefined,
  )
  const time = take(rest, TIME_KEYS, timeOf)
  const message = take(rest, MESSAGE_KEYS, (value) => (typeof value === 'string' ? value : undefined)) ?? ''
  const fields = [...rest].filter(([key, value]) => !OWNER_KEYS.has(key) && !isEmpty(value))
  return { level, time, message, fields: Object.fromEntries(fields) }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Removes the first readable key from the map and returns its value. */
function take<T>(
  fields: Map<string, unknown>,
  keys: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const key of keys) {
    const value = fields.has(key) ? read(fields.get(key)) : undefined
    if (value === undefined) continue
    fields.delete(key)
    return value
  }
  return undefined
}

/** In milliseconds before and after the epoch: what a Date can hold (ECMA-262, 21.4.1.1). */
const MAX_TIME = 8.64e15

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, distinguished by size, or a time as text. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const ms = Date.parse(value)
    return Number.isNaN(ms) ? undefined : ms
  }
  if (typeof value !== 'number' || value < 1e8 || value / 1e6 > MAX_TIME) return undefined
  if (value < 1e11) return Math.round(value * 1000)
  if (value < 1e14) return Math.round(value)
  return Math.round(value / (value < 1e17 ? 1e3 : 1e6))
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** `key=value key={"a":1}`, as text of one line. */
export function fieldsText(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .map(
      ([key, value]) => `${key}=${typeof value === 'string' ? value.replaceAll('\n', ' ⏎ ') : JSON.stringify(value)}`,
    )
    .join(' ')
}
