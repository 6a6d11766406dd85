const DEFAULT_TAIL = 200
const MAX_TAIL = 2000

/** The requested number of log lines, limited to what a server can return. */
export function boundedTail(tail: unknown): number {
  const lines = Number(tail)
  if (!Number.isInteger(lines) || lines <= 0) return DEFAULT_TAIL
  return Math.min(lines, MAX_TAIL)
}
