/** Many streams at once: the load generator's input and report. */
import { z } from 'zod'

export const loadOrderSchema = z.object({
  port: z.number(),
  path: z.string(),
  body: z.string(),
  streams: z.number(),
  /** Time to open the connections, time until the window begins, and its length, in milliseconds. */
  rampMs: z.number(),
  settleMs: z.number(),
  windowMs: z.number(),
})
export type LoadOrder = z.infer<typeof loadOrderSchema>

export const loadReportSchema = z.object({
  tokensPerSecond: z.number(),
  /** Lateness of tokens: arrival minus sending time, in milliseconds. */
  p50: z.number(),
  p99: z.number(),
  /** Load of the generator's own event loop, from 0 to 1. */
  busy: z.number(),
  /** Connections that received tokens. */
  streaming: z.number(),
  /** Connections without status 200, and those that ended before the window did. */
  refused: z.number(),
  broken: z.number(),
})
export type LoadReport = z.infer<typeof loadReportSchema>
