/** Structured logs on stdout, one JSON object for each line. */
import pino from 'pino'
import type { Logger } from 'pino'

/** Synchronous, so that the last lines before an exit are not lost. */
export const log: Logger = pino(
  { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
  pino.destination({ fd: 1, sync: true }),
)
