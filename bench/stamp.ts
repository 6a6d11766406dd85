/**
 * A token that contains its sending time: `@`, sixteen digits and a space. Microseconds of the machine's monotonic
 * clock, which all processes share.
 */

/** Occurs nowhere else in an answer. */
export const MARK = '@'
const DIGITS = 16

/** Length of a stamp without its space. */
const STAMP_LENGTH = 1 + DIGITS

export function nowMicros(): number {
  const [seconds, nanos] = process.hrtime()
  return seconds * 1e6 + Math.floor(nanos / 1000)
}

export function stamp(): string {
  return `${MARK}${String(nowMicros()).padStart(DIGITS, '0')} `
}

/**
 * Reads the stamps in a chunk of an answer.
 * @param found receives each time, in microseconds
 * @returns an incomplete stamp at the end, to be completed by the next chunk
 */
export function readStamps(text: string, found: (sentAt: number) => void): string {
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + STAMP_LENGTH)) {
    if (at + STAMP_LENGTH > text.length) return text.slice(at)
    found(Number(text.slice(at + 1, at + STAMP_LENGTH)))
  }
  return ''
}
