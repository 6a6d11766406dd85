/** Counts tokens with gpt-oss's own vocabulary. */
import { encode } from 'gpt-tokenizer/encoding/o200k_harmony'
import { toRequestMessages, toRequestTools } from '../../../server/model/messages'
import type { StepRequest } from '../../../server/model/types'
import { gptOssPrompt } from './gpt-oss-prompt'

/** Marks of the template are a token each and divide the text, so its parts can be counted alone, and once. */
const MARK = /(<\|[a-z]+\|>)/
const counted = new Map<string, number>()

/** The tokens of a text, which may hold marks of the template. */
export function countTokens(text: string): number {
  return text.split(MARK).reduce((sum, part) => sum + partTokens(part), 0)
}

function partTokens(part: string): number {
  if (part === '' || MARK.test(part)) return Math.min(1, part.length)
  const tokens = counted.get(part) ?? encode(part).length
  counted.set(part, tokens)
  return tokens
}

/**
 * The tokens that gpt-oss reads for a request.
 * @param body of `POST /v1/chat/completions`
 */
function promptTokens(body: unknown): number {
  return countTokens(gptOssPrompt(body))
}

/** The same for a request of the loop. */
export function stepTokens({ messages, tools }: Pick<StepRequest, 'messages' | 'tools'>): number {
  return promptTokens({ messages: toRequestMessages(messages), tools: toRequestTools(tools) })
}
