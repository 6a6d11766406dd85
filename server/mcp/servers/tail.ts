const DEFAULT_TAIL = 200
const MAX_TAIL = 2000

/** The lines of a log that a call asks for, within what a server can answer with. */
export function boundedTail(tail: unknown): number {
  const lines = Number(tail)
  if (!Number.isInteger(lines) || lines <= 0) return DEFAULT_TAIL
  return Math.min(lines, MAX_TAIL)
}
