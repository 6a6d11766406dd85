/**
 * The frames of Ollama's streaming `POST /v1/chat/completions` since v0.32.6: the role in the first chunk, complete
 * tool calls, a separate chunk for finish_reason, then usage, then `[DONE]`.
 */

export interface Envelope {
  id: string
  /** Seconds since the epoch. */
  created: number
  model: string
}

export interface ToolCallFrame {
  id?: string
  index: number
  type?: 'function'
  function: { name?: string; arguments?: string }
}

export interface Delta {
  role?: 'assistant'
  content?: string
  reasoning?: string
  tool_calls?: ToolCallFrame[]
}

export interface Usage {
  promptTokens: number
  completionTokens: number
}

export const DONE_FRAME = 'data: [DONE]\n\n'

/** Ollama's id is a small random number, not unique. */
export function newEnvelope(model: string): Envelope {
  return { id: `chatcmpl-${Math.floor(Math.random() * 999)}`, created: Math.floor(Date.now() / 1000), model }
}

export function reasoningDelta(text: string): Delta {
  return { content: '', reasoning: text }
}

export function textDelta(text: string): Delta {
  return { content: text }
}

/**
 * @param args the text of a JSON object
 */
export function toolCallDelta(id: string, index: number, name: string, args: string): Delta {
  return { content: '', tool_calls: [{ id, index, type: 'function', function: { name, arguments: args } }] }
}

export function deltaFrame(envelope: Envelope, delta: Delta, finishReason: string | null = null): string {
  return frame(envelope, { choices: [{ index: 0, delta, finish_reason: finishReason }] })
}

export function usageFrame(envelope: Envelope, { promptTokens, completionTokens }: Usage): string {
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
  return frame(envelope, { choices: [], usage })
}

function frame({ id, created, model }: Envelope, rest: object): string {
  const head = { id, object: 'chat.completion.chunk', created, model, system_fingerprint: 'fp_ollama' }
  return `data: ${JSON.stringify({ ...head, ...rest })}\n\n`
}
