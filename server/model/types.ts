/** The port between the loop and a language model. Nothing of Ollama's or OpenAI's shapes passes it. */
import type { ErrorCode } from '#shared/errors'

export type ModelMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; reasoning?: string; toolCalls?: ModelToolCall[] }
  | { role: 'tool'; toolCallId: string; name: string; content: string }

export interface ModelToolCall {
  /** Unique within the conversation. */
  id: string
  name: string
  /** The text of a JSON object. What a model wrote may be broken; what goes into the history never is. */
  arguments: string
}

/** A JSON Schema of an object, flat: Ollama keeps only a few keywords: see server/mcp/toolbox/schema.ts. */
export interface ToolParameters {
  type: 'object'
  properties: Record<string, Record<string, unknown>>
  required?: string[]
}

export interface ModelTool {
  name: string
  description: string
  parameters: ToolParameters
}

export interface StepRequest {
  messages: ModelMessage[]
  tools: ModelTool[]
  /** Upper bound of tokens to generate. */
  maxTokens?: number
  /** False: the answer comes whole. A server that swallows its errors in mid-stream then tells them. */
  stream?: false
}

export interface StepUsage {
  promptTokens: number
  completionTokens: number
}

/** What is told while a step is under way, in order and at once. */
export interface StepListener {
  delta: (type: 'reasoning' | 'text', text: string) => void
  /** The first token is not there yet, and why; told on changes. */
  waiting: (state: 'loading-model' | 'waiting-for-model') => void
}

/** A whole call. Its name may be unknown and its arguments may be broken JSON: the loop answers both. */
export interface ModelCall {
  id: string
  name: string
  arguments: string
}

export interface StepEnd {
  reason: 'stop' | 'length' | 'tool-calls'
  calls: ModelCall[]
  usage?: StepUsage
}

export type ModelErrorCode = Extract<ErrorCode, `model-${string}`>

export interface ModelErrorOptions extends ErrorOptions {
  /** In milliseconds, where the server said after which time to ask again. */
  retryAfterMs?: number
}

export class ModelError extends Error {
  readonly retryAfterMs: number | undefined

  constructor(
    readonly code: ModelErrorCode,
    message: string,
    { retryAfterMs, ...options }: ModelErrorOptions = {},
  ) {
    super(message, options)
    this.name = 'ModelError'
    this.retryAfterMs = retryAfterMs
  }
}

export interface ChatModel {
  /** Name of the model, e.g. `gpt-oss:20b`. */
  readonly name: string
  /**
   * Runs one step. Deltas do not pass the loop's generators: with hundreds of answers at once their hops would cost more
   * than all the rest. Throws ModelError; throws the signal's reason when aborted, with the connection closed.
   */
  step: (request: StepRequest, signal: AbortSignal, listener: StepListener) => Promise<StepEnd>
}
