/** The AI SDK's UI message as this product fills it: the one contract between page and server. */
import type { InferUIMessageChunk, UIMessage } from 'ai'
import { z } from 'zod'
import { assistantErrorSchema } from './errors'
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

export const messageMetadataSchema = z.object({
  requestId: z.string().optional(),
  model: z.string().optional(),
  /** Milliseconds since the epoch. */
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  window: windowUsageSchema.optional(),
  /** Why the turn ended: `stop`, `length`, `tool-calls` (the cap of rounds), `error`, or `aborted` (set by the page). */
  finishReason: z.enum(['stop', 'length', 'tool-calls', 'error', 'aborted']).optional(),
  error: assistantErrorSchema.optional(),
  /** Something the person should know though the turn went on, e.g. which OLLAMA_CONTEXT_LENGTH to set. */
  notices: z.array(z.string()).optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

/** `data-result` parts: the structured result of the tool call with the same id. Never posted back. */
export const resultDataSchema = z.object({ toolCallId: z.string(), result: resultPartSchema })
export type ResultData = z.infer<typeof resultDataSchema>

// A type alias, not an interface: UIMessage wants an index signature.
export type AppDataParts = { result: ResultData }

export type AppUIMessage = UIMessage<MessageMetadata, AppDataParts>
export type AppUIMessageChunk = InferUIMessageChunk<AppUIMessage>
