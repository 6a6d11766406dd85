/** Estimates tokens without a tokenizer: each model has its own, and the budget only needs an upper bound. */
import { FENCE_CHARS } from '../model/fence'
import type { ModelMessage, ModelTool } from '../model/types'

/**
 * Characters of a token. English prose has about 4 for gpt-oss; kubectl tables, hashes, JSON and Vietnamese have about
 * 3. The lower value errs on the safe side.
 */
export const CHARS_PER_TOKEN = 3

/** Role, separators and channel marks of each message. */
const MESSAGE_OVERHEAD = 6

/** The label that marks a result as data. */
const FENCE_TOKENS = Math.ceil(FENCE_CHARS / CHARS_PER_TOKEN)

function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN)
}

export function estimateMessage(message: ModelMessage): number {
  let tokens = MESSAGE_OVERHEAD + estimateTokens(message.content)
  if (message.role === 'tool') tokens += FENCE_TOKENS
  if (message.role === 'assistant') {
    tokens += estimateTokens(message.reasoning ?? '')
    for (const call of message.toolCalls ?? []) tokens += MESSAGE_OVERHEAD + estimateTokens(call.name + call.arguments)
  }
  return tokens
}

export function estimateMessages(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => sum + estimateMessage(message), 0)
}

/** Templates print a schema as a signature, so JSON punctuation is cheap: 4 characters a token. */
export function estimateTools(tools: readonly ModelTool[]): number {
  return Math.ceil(tools.reduce((sum, tool) => sum + toolChars(tool), 0) / 4)
}

/** Tools rarely change, so each is measured once. */
const measured = new WeakMap<ModelTool, number>()

function toolChars(tool: ModelTool): number {
  const known = measured.get(tool) ?? JSON.stringify(tool).length
  measured.set(tool, known)
  return known
}
