/** The port between loop and language model, independent of Ollama's and OpenAI's types. */
import type { ModelToolName } from '#shared/tool-names'
import type { ErrorCode } from '#shared/errors'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'

export type ModelMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; reasoning?: string; toolCalls?: ModelToolCall[] }
  | { role: 'tool'; toolCallId: string; name: string; content: string }

export interface ModelToolCall {
  /** Unique within the conversation. */
  id: string
  name: string
  /** A JSON object's text. The model's own may be invalid; the history's never is. */
  arguments: string
}

/** A flat JSON Schema of an object: Ollama keeps only a few keywords, see server/mcp/toolbox/schema.ts. */
export interface ToolParameters {
  type: 'object'
  properties: Record<string, Record<string, unknown>>
  required?: string[]
}

export interface ModelTool {
  name: ModelToolName
  description: string
  parameters: ToolParameters
}

export interface StepRequest {
  messages: ModelMessage[]
  tools: ModelTool[]
  /** Maximum tokens to generate. */
  maxTokens?: number
  /** False: a non-streaming answer, with which a server reports errors that its stream omits. */
  stream?: false
}

export interface StepUsage {
  promptTokens: number
  completionTokens: number
}

export type ModelWait = 'loading-model' | 'waiting-for-model' | 'writing-call'

/** Receives events during a step, in order. */
export interface StepListener {
  delta: (type: 'reasoning' | 'text', text: string) => void
  /**
   * The reason for a pending first token, or for silence after it; called on changes.
   * @param tool of the call that is being written, if known
   */
  waiting: (state: ModelWait, tool?: string) => void
}

/** A complete call. Its name may be unknown and its arguments invalid JSON: the loop handles both. */
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

export type ModelErrorCode = Extract<ErrorCode, `model-${string}` | 'window-too-small'>

export interface ModelErrorOptions extends ErrorOptions {
  /** In milliseconds, if the server sent a Retry-After. */
  retryAfterMs?: number
  /** The server failed for no reason in the request: the same request may succeed. */
  isTransient?: boolean
}

export class ModelError extends LocalizedError {
  readonly retryAfterMs: number | undefined
  readonly isTransient: boolean

  constructor(
    readonly code: ModelErrorCode,
    detail: Message,
    { retryAfterMs, isTransient = false, ...options }: ModelErrorOptions = {},
  ) {
    super(detail, options)
    this.name = 'ModelError'
    this.retryAfterMs = retryAfterMs
    this.isTransient = isTransient
  }
}

export interface ChatModel {
  /** Name of the model, e.g. `gpt-oss:20b`. */
  readonly name: string
  /**
   * Runs one step. Deltas bypass the loop's generators, whose overhead would dominate with hundreds of answers. Throws
   * ModelError; throws the signal's reason when aborted, with the connection closed.
   */
  step: (request: StepRequest, signal: AbortSignal, listener: StepListener) => Promise<StepEnd>
}
