/** Structured logs, a JSON line each, on stdout. */
import pino from 'pino'
import type { Logger } from 'pino'

/** Synchronous, so that the last words before an exit are not lost. */
export const log: Logger = pino(
  { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
  pino.destination({ fd: 1, sync: true }),
)
