/** The AI SDK's UI message with this product's types: the contract between page and server. */
import type { InferUIMessageChunk, UIMessage } from 'ai'
import { z } from 'zod'
import { askedSchema } from './asked'
import { runbookTitleSchema } from '../commands/runbook-title'
import { assistantErrorSchema } from '../errors'
import type { Approval } from '../changes/approval'
import { messageSchema } from '../messages/message'
import { resultPartSchema } from '../result'

export const windowUsageSchema = z.object({
  /** Tokens of the last request: the server's count if available, otherwise our estimate. */
  used: z.number(),
  /** The context window in force, in tokens. */
  total: z.number(),
  /** Tool results of this conversation that were shortened to fit the window. */
  shortened: z.number(),
})
export type WindowUsage = z.infer<typeof windowUsageSchema>

/**
 * What a silent turn is waiting for. Transient `data-progress` parts, shown but not kept.
 * - `connecting-tools`: the MCP session is being opened.
 * - `loading-model`: the model is not in memory yet; a large one takes minutes.
 * - `waiting-for-model`: it is loaded; other requests or the prompt come before the first token.
 * - `model-busy`: the server returned 503 and will be retried soon.
 * - `repeating`: the answer broke off and is requested again.
 */
export const progressSchema = z.object({
  state: z.enum(['connecting-tools', 'loading-model', 'waiting-for-model', 'model-busy', 'repeating', 'writing-call']),
  /** Of the call that is being written, if known. */
  tool: z.string().optional(),
})
export type Progress = z.infer<typeof progressSchema>

export const messageMetadataSchema = z.object({
  /** The id for stopping and resuming the turn. */
  turnId: z.string().optional(),
  /** Set for a question. */
  asked: askedSchema.optional(),
  requestId: z.string().optional(),
  model: z.string().optional(),
  /** Set by the page: the answer is a read by a command of the prompt, without the model. */
  isCommand: z.boolean().optional(),
  /** Set by the page: the command is a runbook of the operator. */
  runbook: z.object({ title: runbookTitleSchema, text: z.string().optional() }).optional(),
  /** Milliseconds since the epoch. */
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  /** Set by the page: the number of parts when answered approvals were posted and the turn continued. */
  continuesAt: z.number().optional(),
  window: windowUsageSchema.optional(),
  /**
   * Why the turn ended: `stop`, `length`, `tool-calls` (maximum rounds), `approval-required`, `error`, `aborted`, or,
   * set by the page, `lost`: the connection ended early.
   */
  finishReason: z.enum(['stop', 'length', 'tool-calls', 'approval-required', 'error', 'aborted', 'lost']).optional(),
  error: assistantErrorSchema.optional(),
  /** Warnings about a turn that continued, e.g. which OLLAMA_CONTEXT_LENGTH to set. */
  notices: z.array(z.union([messageSchema, /* Strings: messages saved by an older version. */ z.string()])).optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

/** `data-result` parts: the structured result of the tool call with the same id. Never posted back. */
export const resultDataSchema = z.object({ toolCallId: z.string(), result: resultPartSchema })
export type ResultData = z.infer<typeof resultDataSchema>

/**
 * A type alias, since UIMessage requires an index signature. `data-approval` has the id of its tool call; the signature
 * is in the call's part. Never posted back.
 */
export type AppDataParts = { result: ResultData; progress: Progress; approval: Approval; earlier: EarlierAnswer }

/** `data-earlier` parts of a question: an answer that was replaced. Set by the page, never posted. */
export interface EarlierAnswer {
  message: AppUIMessage
}

export type AppUIMessage = UIMessage<MessageMetadata, AppDataParts>
export type AppUIMessageChunk = InferUIMessageChunk<AppUIMessage>
