/**
 * The time at which a token was sent, as a token: `@`, sixteen digits and a space. The clock is the machine's monotonic one,
 * which all its processes share, in microseconds.
 */

/** Stands nowhere else in an answer. */
export const MARK = '@'
const DIGITS = 16

/** Length of a stamp without its space, in characters. */
export const STAMP_LENGTH = 1 + DIGITS

export function nowMicros(): number {
  const [seconds, nanos] = process.hrtime()
  return seconds * 1e6 + Math.floor(nanos / 1000)
}

export function stamp(): string {
  return `${MARK}${String(nowMicros()).padStart(DIGITS, '0')} `
}

/**
 * Reads the stamps in a piece of an answer.
 * @param found is given the time of each, in microseconds
 * @returns the beginning of a stamp that the next piece ends
 */
export function readStamps(text: string, found: (sentAt: number) => void): string {
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + STAMP_LENGTH)) {
    if (at + STAMP_LENGTH > text.length) return text.slice(at)
    found(Number(text.slice(at + 1, at + STAMP_LENGTH)))
  }
  return ''
}
