/**
 * Keeps a request under the context window. Ollama cuts silently when it is over: the oldest messages go, then the
 * prompt itself (ollama#17427), so what must stay is decided here.
 */
import type { ModelMessage, ModelTool } from '../model/types'
import { shrinkText } from '../results'
import { CHARS_PER_TOKEN, estimateMessages, estimateTools } from './tokens'

/** The share of the window that one tool result may take. */
const RESULT_SHARE = 0.15

/** Room for the answer: a quarter of the window, at most this many tokens. */
const MAX_ANSWER = 4096

/** Bounds, in characters, to which older results are shortened, one after the other. */
const STAGES = [1200, 400, 120]

export interface FittedRequest {
  messages: ModelMessage[]
  /** Our estimate of the whole prompt, tools included. */
  promptTokens: number
  /** What the model may generate. */
  maxTokens: number
  /** Results that were shortened or left out to fit. */
  shortened: number
}

/** Characters that one result may have for the model. */
export function resultChars(windowTokens: number): number {
  return Math.floor(windowTokens * RESULT_SHARE) * CHARS_PER_TOKEN
}

export function answerTokens(windowTokens: number): number {
  return Math.min(MAX_ANSWER, Math.floor(windowTokens / 4))
}

/**
 * Fits system prompt, tools and history under the window. Older results shrink first, oldest first; then whole turns go,
 * oldest first, each with all its calls and results, so that every call keeps its one result; the last question stays.
 * @returns undefined where even the last question alone, with its shortened results, is too long
 */
export function fitRequest(
  system: string,
  tools: readonly ModelTool[],
  history: readonly ModelMessage[],
  windowTokens: number,
): FittedRequest | undefined {
  const maxTokens = answerTokens(windowTokens)
  const systemMessage: ModelMessage = { role: 'system', content: system }
  const room = windowTokens - maxTokens - estimateTools(tools) - estimateMessages([systemMessage])
  const bound = resultChars(windowTokens)
  const shortened = new Set<string>()
  let messages = history.map((message) => shortenResult(message, bound, shortened))
  const fits = () => estimateMessages(messages) <= room

  for (const max of STAGES) {
    for (let at = 0; at < messages.length && !fits(); at++) {
      const message = messages[at]
      if (message?.role === 'tool' && !isLatestRound(messages, at))
        messages[at] = shortenResult(message, max, shortened)
    }
  }
  while (!fits()) {
    const next = messages.findIndex((message, at) => at > 0 && message.role === 'user')
    if (next < 0) break
    messages = messages.slice(next)
  }
  // Only the last turn is left: its newest results have to give way too.
  for (const max of STAGES) if (!fits()) messages = messages.map((message) => shortenResult(message, max, shortened))
  if (!fits()) return undefined
  const promptTokens = estimateMessages([systemMessage, ...messages]) + estimateTools(tools)
  return { messages: [systemMessage, ...messages], promptTokens, maxTokens, shortened: shortened.size }
}

/** True for the results after the last assistant message: the model has not seen them yet. */
function isLatestRound(messages: readonly ModelMessage[], at: number): boolean {
  return messages.slice(at).every((message) => message.role === 'tool')
}

function shortenResult(message: ModelMessage, maxChars: number, shortened: Set<string>): ModelMessage {
  if (message.role !== 'tool' || message.content.length <= maxChars) return message
  shortened.add(message.toolCallId)
  return { ...message, content: shrinkText(message.content, maxChars) }
}

/**
 * What the server counted, unless it is far below our estimate: then it has cut the prompt, or counts only what its
 * cache did not hold.
 */
export function trustedPromptTokens(estimate: number, counted: number | undefined): number {
  return counted !== undefined && counted >= estimate * 0.4 ? counted : estimate
}
