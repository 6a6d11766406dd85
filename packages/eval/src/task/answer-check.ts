/** Checks of the answer's facts, as a task writes them. */
import { z } from 'zod'

/** One text, or several alternatives. */
const alternativesSchema = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'is neither a text nor a list of alternatives',
})

const patternSchema = z.string().refine(isPattern, { error: 'is not a regular expression' })

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'iu') instanceof RegExp
  } catch {
    return false
  }
}

/** Texts are compared without case, Markdown marks, and differences of spaces and hyphens. */
export const answerCheckSchema = z.strictObject({
  /** Each must occur in the text. */
  contains: z.array(alternativesSchema).default([]),
  lacks: z.array(z.string().min(1)).default([]),
  matches: z.array(patternSchema).default([]),
  /** Names of objects that the text must hold as whole words. */
  names: z.array(z.string().min(1)).default([]),
  /** Names of objects that it must not hold. */
  withoutNames: z.array(z.string().min(1)).default([]),
  /** Texts that a tool result must hold: the model must have seen them. */
  read: z.array(alternativesSchema).default([]),
  /** Texts that no tool result may hold. */
  unread: z.array(z.string().min(1)).default([]),
  /** How many objects the run changed: a number, or the least and the most. */
  changes: z.union([z.int().nonnegative(), z.tuple([z.int(), z.int()])]).optional(),
  /** How many tool calls succeeded. */
  calls: z.union([z.int().nonnegative(), z.tuple([z.int(), z.int()])]).optional(),
  /** How many changes a person was asked to approve. */
  approvals: z.union([z.int().nonnegative(), z.tuple([z.int(), z.int()])]).optional(),
})
export type AnswerCheck = z.output<typeof answerCheckSchema>
