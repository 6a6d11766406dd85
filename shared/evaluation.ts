/** The last results of `npm run eval`, by the model's name: written by it, read by the server. */
import { z } from 'zod'

export const evaluationSchema = z.object({
  /** RFC 3339 in UTC. */
  at: z.string(),
  /** Runs of tasks. */
  passed: z.number(),
  of: z.number(),
})
export type Evaluation = z.infer<typeof evaluationSchema>

export const evaluationsSchema = z.record(z.string(), evaluationSchema)
export type Evaluations = z.infer<typeof evaluationsSchema>
