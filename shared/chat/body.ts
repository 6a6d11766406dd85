/** The whole body of `POST /api/chat`, as documented. `parseChatRequest` checks it piece by piece, to name the field. */
import { z } from 'zod'
import { approvalAnswerSchema } from '../changes/approval'
import { botMessageSchema, MAX_APPROVALS, MAX_MESSAGES, plainMessageSchema, uiMessageSchema } from './request'
import { clusterIdSchema } from '../clusters'
import { turnIdSchema } from './turn-id'

const messagesSchema = z
  .array(z.union([uiMessageSchema, plainMessageSchema, botMessageSchema]))
  .min(1)
  .max(MAX_MESSAGES)

export const chatBodySchema = z.union([
  z.object({
    /** The conversation's id, needed for approvals and for resuming. */
    id: z.string().max(200).optional(),
    /** The conversation's cluster, of `GET /api/clusters`: fixed at its first question. */
    cluster: clusterIdSchema.optional(),
    turnId: turnIdSchema.optional(),
    /** The turn survives a lost connection for a while. */
    resumable: z.boolean().optional(),
    messages: messagesSchema,
    approvals: z.array(approvalAnswerSchema).max(MAX_APPROVALS).optional(),
  }),
  messagesSchema,
])
