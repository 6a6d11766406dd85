/** A task in YAML; README.md describes it. */
import { z } from 'zod'
import { answerCheckSchema } from './answer-check'
import { stateCheckSchema } from './state-check'

/** What a task needs beyond an API that reads and writes objects: `cluster` is a real control plane with nodes. */
export const needs = ['cluster'] as const
export type Need = (typeof needs)[number]

const decisionSchema = z.strictObject({
  approve: z.boolean(),
  /** The text typed into the card. Defaults to what the card asks for. */
  typed: z.string().optional(),
  /** Why it is declined. */
  reason: z.string().optional(),
})
export type Decision = z.output<typeof decisionSchema>

/** Values that a step takes from tool results, by regular expression, for names that a controller chooses. */
const captureSchema = z.record(z.string(), z.string()).default({})

/** What a model that is right does. */
export const solutionStepSchema = z.union(
  [
    z.strictObject({
      call: z.string(),
      arguments: z.record(z.string(), z.unknown()).default({}),
      capture: captureSchema,
    }),
    z.strictObject({ answer: z.string().min(1), capture: captureSchema }),
  ],
  { error: 'is neither a call with arguments nor an answer' },
)
export type SolutionStep = z.output<typeof solutionStepSchema>

export const taskSchema = z
  .strictObject({
    /** The file's path below tasks/, without `.yaml`. */
    id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'is not like group/name'),
    title: z.string().min(1),
    language: z.enum(['en', 'vi']),
    access: z.enum(['read-only', 'approve']).default('read-only'),
    /** Part of the sample of `--short`. */
    short: z.boolean().default(false),
    needs: z.array(z.enum(needs)).default([]),
    /** How the namespace's name begins; `${NS}` is the whole name. */
    namespace: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/)
      .default('team'),
    /** Manifests, separated by `---`. */
    setup: z.string().default(''),
    /** What must hold before the question is asked. */
    ready: z.array(stateCheckSchema).default([]),
    /** Asked one after another in one conversation. */
    questions: z.array(z.string().min(1)).min(1),
    /** Answers to approvals in their order; the last one holds for all that follow. */
    approvals: z.array(decisionSchema).default([]),
    checks: z.strictObject({
      state: z.array(stateCheckSchema).default([]),
      /** Of the answer to the last question. */
      answer: answerCheckSchema.prefault({}),
    }),
    limits: z
      .strictObject({
        /** Requests to the model, over all questions. */
        steps: z.int().positive().default(12),
        seconds: z.int().positive().default(300),
      })
      .prefault({}),
    solution: z.array(solutionStepSchema).min(1),
  })
  .superRefine(({ questions, solution, access, approvals }, context) => {
    const answers = solution.filter((step) => 'answer' in step).length
    if (answers !== questions.length)
      context.addIssue({ code: 'custom', path: ['solution'], message: 'needs one answer for each question' })
    const last = solution.at(-1)
    if (last && !('answer' in last))
      context.addIssue({ code: 'custom', path: ['solution'], message: 'must end with an answer' })
    if (access === 'read-only' && approvals.length > 0)
      context.addIssue({ code: 'custom', path: ['approvals'], message: 'needs access: approve' })
  })
export type Task = z.output<typeof taskSchema>
