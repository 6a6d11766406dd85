/** The result of one run of one task, and of an evaluation. */
import { z } from 'zod'

/** Who a failure belongs to: the model, the assistant, or the cluster with its set-up. */
export const causeSchema = z.enum([
  /** The model server cannot be used: not reachable, no such model, no tools. */
  'model-unavailable',
  /** What the model wrote could not be used: empty, cut off, broken calls. */
  'model-broken-output',
  /** It answered without looking at the cluster, and wrongly. */
  'model-no-tool',
  'model-wrong-answer',
  /** The cluster is not as it should be. */
  'model-wrong-state',
  /** Too many steps or too much time. */
  'model-limit',
  'harness-error',
  'cluster-error',
])
export type Cause = z.infer<typeof causeSchema>

export const runResultSchema = z.object({
  task: z.string(),
  group: z.string(),
  run: z.int(),
  passed: z.boolean(),
  cause: causeSchema.optional(),
  /** What was wrong. */
  problems: z.array(z.string()),
  /** Requests to the model. */
  steps: z.int(),
  calls: z.array(z.string()),
  tokensRead: z.number(),
  tokensWritten: z.number(),
  seconds: z.number(),
  /** The last answer, shortened. */
  answer: z.string(),
})
export type RunResult = z.infer<typeof runResultSchema>

export const evaluationReportSchema = z.object({
  model: z.string(),
  at: z.string(),
  version: z.string(),
  cluster: z.string(),
  runs: z.int(),
  short: z.boolean(),
  skipped: z.array(z.object({ id: z.string(), reason: z.string() })),
  results: z.array(runResultSchema),
})
export type EvaluationReport = z.infer<typeof evaluationReportSchema>
