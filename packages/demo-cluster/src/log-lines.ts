/** Generates a container's log from its script. */
import type { LogScript } from './data/logs'

export interface LogLine {
  /** Milliseconds since the epoch. */
  at: number
  text: string
}

/** Simulates log rotation: maximum number of repeated lines. */
const RETAINED_LINES = 400

/** The output of a container from `startedAt` until `until`, both in milliseconds since the epoch. */
export function logLines(script: LogScript, startedAt: number, until: number): LogLine[] {
  const start = script.start.map(([seconds, text], index) => line(startedAt + seconds * 1000 + index * 17, text))
  return [...start, ...repeatedLines(script, startedAt, until)].filter(({ at }) => at <= until)
}

function repeatedLines({ repeat }: LogScript, startedAt: number, until: number): LogLine[] {
  if (!repeat) return []
  const step = repeat.everySeconds * 1000
  const last = Math.floor((until - startedAt) / step)
  const first = Math.max(1, last - RETAINED_LINES + 1)
  const lines: LogLine[] = []
  for (let tick = first; tick <= last; tick += 1) {
    lines.push(line(startedAt + tick * step, repeat.lines[tick % repeat.lines.length] ?? ''))
  }
  return lines
}

function line(at: number, text: string): LogLine {
  return { at, text: text.replace(/\{(\w+)\}/g, (whole, name) => timeForms[name]?.(at) ?? whole) }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function parts(at: number) {
  const iso = new Date(at).toISOString()
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-')
  return {
    iso,
    year,
    month,
    day,
    name: MONTHS[Number(month) - 1] ?? '',
    clock: iso.slice(11, 19),
    exact: iso.slice(11, 23),
  }
}

/** Time formats of real programs. */
const timeForms: Record<string, (at: number) => string> = {
  iso: (at) => parts(at).iso,
  clf: (at) => {
    const { day, name, year, clock } = parts(at)
    return `${day}/${name}/${year}:${clock} +0000`
  },
  klog: (at) => {
    const { month, day, exact } = parts(at)
    return `I${month}${day} ${exact}000`
  },
  pg: (at) => {
    const { year, month, day, exact } = parts(at)
    return `${year}-${month}-${day} ${exact} UTC`
  },
  redis: (at) => {
    const { day, name, year, exact } = parts(at)
    return `${day} ${name} ${year} ${exact}`
  },
  slash: (at) => {
    const { year, month, day, clock } = parts(at)
    return `${year}/${month}/${day} ${clock}`
  },
}
