/** Splits a log line into its time and its text, so that a narrow page shows the message. */
import { readableLine } from '#shared/results/log-lines/readable'

export interface TimedText {
  /** Milliseconds since the epoch. */
  time?: number
  text: string
  /** The original line, if `text` differs. */
  raw?: string
}

// kubelet's or the program's own time at the beginning of a line.
const BEGINNING = /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d))\]?\s+/

/** Times without a zone stay in the text: they may be of any. */
export function readLogLine(line: string): TimedText {
  let time: number | undefined
  const text = readableLine(line, (ms) => {
    time = ms
    return ''
  })
  if (time !== undefined) return { time, text, raw: line }
  const match = BEGINNING.exec(text)
  const ms = match?.[1] === undefined ? NaN : Date.parse(match[1].replace(',', '.').replace(' ', 'T'))
  const rest = match && !Number.isNaN(ms) ? { time: ms, text: text.slice(match[0].length) } : { text }
  return { ...rest, ...(rest.text !== line && { raw: line }) }
}
