/** The AI SDK's UI message as this product fills it: the one contract between page and server. */
import type { InferUIMessageChunk, UIMessage } from 'ai'
import { z } from 'zod'
import { askedSchema } from './asked'
import { assistantErrorSchema } from './errors'
import type { Approval } from './approval'
import { resultPartSchema } from './result'

export const windowUsageSchema = z.object({
  /** Tokens the last request took: the server's count where it gives one, else our estimate. */
  used: z.number(),
  /** The context window in force, in tokens. */
  total: z.number(),
  /** Tool results of this conversation that were shortened to stay under the window. */
  shortened: z.number(),
})
export type WindowUsage = z.infer<typeof windowUsageSchema>

/**
 * What a turn waits for while it writes nothing. `data-progress` parts, transient: they are shown and not kept.
 * - `connecting-tools`: the MCP session is being built.
 * - `loading-model`: the model is not in the server's memory yet; minutes for a large one.
 * - `waiting-for-model`: it is loaded, and other requests or the prompt come before the first token.
 * - `model-busy`: the server said 503; it is asked again soon.
 * - `repeating`: the answer broke off, and is asked for once more.
 */
export const progressSchema = z.object({
  state: z.enum(['connecting-tools', 'loading-model', 'waiting-for-model', 'model-busy', 'repeating']),
})
export type Progress = z.infer<typeof progressSchema>

export const messageMetadataSchema = z.object({
  /** By which the turn is stopped and attached to. */
  turnId: z.string().optional(),
  /** Of a question. */
  asked: askedSchema.optional(),
  requestId: z.string().optional(),
  model: z.string().optional(),
  /** Milliseconds since the epoch. */
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  /** The page's own: how many parts the message had when its answered approvals were posted, and the turn went on in it. */
  continuesAt: z.number().optional(),
  window: windowUsageSchema.optional(),
  /**
   * Why the turn ended: `stop`, `length`, `tool-calls` (the cap of rounds), `approval-required` (it waits for a person),
   * `error`, `aborted`, or, the page's own, `lost`: the connection ended before it did.
   */
  finishReason: z.enum(['stop', 'length', 'tool-calls', 'approval-required', 'error', 'aborted', 'lost']).optional(),
  error: assistantErrorSchema.optional(),
  /** Something the person should know though the turn went on, e.g. which OLLAMA_CONTEXT_LENGTH to set. */
  notices: z.array(z.string()).optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

/** `data-result` parts: the structured result of the tool call with the same id. Never posted back. */
export const resultDataSchema = z.object({ toolCallId: z.string(), result: resultPartSchema })
export type ResultData = z.infer<typeof resultDataSchema>

// A type alias, not an interface: UIMessage wants an index signature.
/** `data-approval` has the id of its tool call; the signature travels in the call's part. Never posted back. */
export type AppDataParts = { result: ResultData; progress: Progress; approval: Approval }

export type AppUIMessage = UIMessage<MessageMetadata, AppDataParts>
export type AppUIMessageChunk = InferUIMessageChunk<AppUIMessage>
