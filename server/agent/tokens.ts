/** Token counts without a tokenizer: every model has its own, and the budget only has to be on the safe side. */
import { FENCE_CHARS } from '../model/fence'
import type { ModelMessage, ModelTool } from '../model/types'

/**
 * Characters a token stands for. English prose has about 4 for gpt-oss; kubectl tables, hashes and JSON have about 3,
 * and Vietnamese about 3. The lower one, so that the estimate errs high.
 */
export const CHARS_PER_TOKEN = 3

/** What role, separators and channel marks add to each message. */
const MESSAGE_OVERHEAD = 6

/** What labels a result as data. */
const FENCE_TOKENS = Math.ceil(FENCE_CHARS / CHARS_PER_TOKEN)

export function estimateTokens(text: string): number {
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

/** JSON punctuation of a schema is cheap in the templates, which print it as a signature: 4 characters a token. */
export function estimateTools(tools: readonly ModelTool[]): number {
  return Math.ceil(tools.reduce((sum, tool) => sum + toolChars(tool), 0) / 4)
}

/** The tools are the same from question to question: each is measured once. */
const measured = new WeakMap<ModelTool, number>()

function toolChars(tool: ModelTool): number {
  const known = measured.get(tool) ?? JSON.stringify(tool).length
  measured.set(tool, known)
  return known
}
