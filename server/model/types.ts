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

/** A JSON Schema of an object, flat: Ollama keeps only a few keywords: see server/mcp/schema.ts. */
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
}

export interface StepUsage {
  promptTokens: number
  completionTokens: number
}

/** What one step yields, in order; the last is always `finish`, unless it throws a ModelError. */
export type StepEvent =
  | { type: 'reasoning'; text: string }
  | { type: 'text'; text: string }
  /** A whole call. Its name may be unknown and its arguments may be broken JSON: the loop answers both. */
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  | { type: 'finish'; reason: 'stop' | 'length' | 'tool-calls'; usage?: StepUsage }

export type ModelErrorCode = Extract<ErrorCode, `model-${string}`>

export class ModelError extends Error {
  constructor(
    readonly code: ModelErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'ModelError'
  }
}

export interface ChatModel {
  /** Name of the model, e.g. `gpt-oss:20b`. */
  readonly name: string
  /**
   * Runs one step. Throws ModelError; throws the signal's reason when aborted, with the connection closed.
   */
  step: (request: StepRequest, signal: AbortSignal) => AsyncGenerator<StepEvent, void, void>
}
