/** Redaction of large results: the cases and the report of the process that measures them. */
import { z } from 'zod'

export const redactionCaseSchema = z.enum(['log', 'credential-log', 'secrets'])
export type RedactionCase = z.infer<typeof redactionCaseSchema>

export const redactionReportSchema = z.object({
  bytes: z.number(),
  /** Of each round, in milliseconds: the whole time, and the longest block of the event loop. */
  wholes: z.array(z.number()),
  blocks: z.array(z.number()),
})
export type RedactionReport = z.infer<typeof redactionReportSchema>
