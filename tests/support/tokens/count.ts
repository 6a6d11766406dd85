/** Counts tokens with gpt-oss's own vocabulary. */
import { encode } from 'gpt-tokenizer/encoding/o200k_harmony'
import { toRequestMessages, toRequestTools } from '../../../server/model/messages'
import type { StepRequest } from '../../../server/model/types'
import { gptOssPrompt } from './gpt-oss-prompt'

/** The tokens of a text whose marks of the template count as one each. */
export function countTokens(text: string): number {
  return encode(text, { allowedSpecial: 'all' }).length
}

/**
 * The tokens that gpt-oss reads for a request.
 * @param body of `POST /v1/chat/completions`
 */
export function promptTokens(body: unknown): number {
  return countTokens(gptOssPrompt(body))
}

/** The same for a request of the loop. */
export function stepTokens({ messages, tools }: Pick<StepRequest, 'messages' | 'tools'>): number {
  return promptTokens({ messages: toRequestMessages(messages), tools: toRequestTools(tools) })
}
