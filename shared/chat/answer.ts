/** The response of `POST /api/chat` as one JSON object, for clients that do not stream. */
import { z } from 'zod'
import { approvalSchema } from '../changes/approval'
import { assistantErrorSchema } from '../errors'
import { messageSchema } from '../messages/message'
import { resultPartSchema, toolStatusSchema } from '../result'

export const finishReasons = ['stop', 'length', 'tool-calls', 'approval-required', 'error', 'aborted'] as const
export type FinishReason = (typeof finishReasons)[number]

export const turnUsageSchema = z.object({ promptTokens: z.number(), completionTokens: z.number() })
export type TurnUsage = z.infer<typeof turnUsageSchema>

export const chatAnswerSchema = z.object({
  message: z.object({ role: z.literal('assistant'), content: z.string() }),
  toolCalls: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      arguments: z.record(z.string(), z.unknown()),
      status: toolStatusSchema,
      /** The structured result: the cluster's own data. */
      result: resultPartSchema,
    }),
  ),
  /** Calls awaiting approval, each with its signature, to be posted back in `approvals`. */
  approvals: z.array(approvalSchema.extend({ signature: z.string() })).optional(),
  usage: turnUsageSchema,
  /** Requests to the model. */
  steps: z.number(),
  finishReason: z.enum(finishReasons),
  notices: z.array(messageSchema).optional(),
  error: assistantErrorSchema.optional(),
})
export type ChatAnswer = z.infer<typeof chatAnswerSchema>

/** The response of `POST /api/turns/{id}/stop`: whether a turn was running. */
export const stopAnswerSchema = z.object({ stopped: z.boolean() })
export type StopAnswer = z.infer<typeof stopAnswerSchema>
