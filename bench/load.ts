/** Many streams at once: the order to the load generator, and what it reports. */
import { z } from 'zod'

export const loadOrderSchema = z.object({
  port: z.number(),
  path: z.string(),
  body: z.string(),
  streams: z.number(),
  /** Over which the connections are opened, then until the window begins, and its length, in milliseconds. */
  rampMs: z.number(),
  settleMs: z.number(),
  windowMs: z.number(),
})
export type LoadOrder = z.infer<typeof loadOrderSchema>

export const loadReportSchema = z.object({
  tokensPerSecond: z.number(),
  /** Lateness of tokens: their arrival minus when the model sent them, in milliseconds. */
  p50: z.number(),
  p99: z.number(),
  /** How busy the generator's own event loop was, from 0 to 1. */
  busy: z.number(),
  /** Connections on which tokens came. */
  streaming: z.number(),
  /** Connections that were not answered with 200, and those that ended before the window did. */
  refused: z.number(),
  broken: z.number(),
})
export type LoadReport = z.infer<typeof loadReportSchema>
