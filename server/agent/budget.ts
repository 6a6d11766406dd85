/**
 * Keeps a request within the context window. Ollama truncates silently: first the oldest messages, then the prompt
 * itself (ollama#17427). So the selection is made here.
 */
import { FENCE_CHARS } from '../model/fence'
import type { ModelMessage, ModelTool } from '../model/types'
import { shrinkText } from '../results'
import { CHARS_PER_TOKEN, estimateMessage, estimateMessages, estimateTools } from './tokens'

/** Maximum share of the window for one tool result. */
const RESULT_SHARE = 0.15

/** Reserve for the answer: a quarter of the window, up to this many tokens. */
const MAX_ANSWER = 4096

/** Character limits for older results, applied one after the other. */
const STAGES = [1200, 400, 120]

export interface FittedRequest {
  messages: ModelMessage[]
  /** Estimated tokens of the whole prompt with tools. */
  promptTokens: number
  /** Maximum tokens to generate. */
  maxTokens: number
  /** Calls whose results were shortened to fit. */
  shortenedIds: ReadonlySet<string>
  /** Number of dropped messages of older turns. */
  leftOut: number
}

/** Maximum characters of one result, without its fence. */
export function resultChars(windowTokens: number): number {
  return Math.floor(windowTokens * RESULT_SHARE) * CHARS_PER_TOKEN - FENCE_CHARS
}

export function answerTokens(windowTokens: number): number {
  return Math.min(MAX_ANSWER, Math.floor(windowTokens / 4))
}

/**
 * Fits system prompt, tools and history into the window. Shortens older results first, then drops whole turns, oldest
 * first, so that every call keeps its result. The question stays; of its own turn, reasoning of earlier rounds is
 * dropped, then the newest results are shortened.
 * @param questionAt index of the question: this turn's messages follow it
 * @returns undefined if the question and its turn are too long even so
 */
export function fitRequest(
  system: string,
  tools: readonly ModelTool[],
  history: readonly ModelMessage[],
  windowTokens: number,
  questionAt: number,
): FittedRequest | undefined {
  const maxTokens = answerTokens(windowTokens)
  const systemMessage: ModelMessage = { role: 'system', content: system }
  const fixed = estimateTools(tools) + estimateMessages([systemMessage])
  const fitting = new Fitting(history, windowTokens - maxTokens - fixed)
  const newestRound = history.findLastIndex((message) => message.role === 'assistant')

  fitting.shorten(resultChars(windowTokens), history.length)
  for (const max of STAGES) fitting.shortenWhileOver(max, newestRound)
  fitting.leaveOutTurns(questionAt)
  fitting.dropReasoning(newestRound)
  for (const max of STAGES) fitting.shortenWhileOver(max, history.length)
  if (fitting.isOver()) return undefined
  const { messages, leftOut, shortenedIds } = fitting.result()
  return {
    messages: [systemMessage, ...messages],
    promptTokens: fitting.tokens + fixed,
    maxTokens,
    shortenedIds,
    leftOut,
  }
}

/** The messages with their sizes, so that changes are cheap to account for. */
class Fitting {
  tokens: number
  private readonly messages: ModelMessage[]
  private readonly shortenedIds = new Set<string>()
  private first = 0

  constructor(
    history: readonly ModelMessage[],
    private readonly room: number,
  ) {
    this.messages = [...history]
    this.tokens = estimateMessages(history)
  }

  isOver(): boolean {
    return this.tokens > this.room
  }

  result(): { messages: ModelMessage[]; shortenedIds: ReadonlySet<string>; leftOut: number } {
    return { messages: this.messages.slice(this.first), shortenedIds: this.shortenedIds, leftOut: this.first }
  }

  /** Shortens every result before `end`. */
  shorten(maxChars: number, end: number): void {
    for (let at = this.first; at < end; at++) this.shortenAt(at, maxChars)
  }

  /** The same, oldest first, until the request fits. */
  shortenWhileOver(maxChars: number, end: number): void {
    for (let at = this.first; at < end && this.isOver(); at++) this.shortenAt(at, maxChars)
  }

  leaveOutTurns(questionAt: number): void {
    while (this.isOver() && this.first < questionAt) {
      do {
        const message = this.messages[this.first++]
        if (message) this.tokens -= estimateMessage(message)
      } while (this.first < questionAt && this.messages[this.first]?.role !== 'user')
    }
  }

  dropReasoning(end: number): void {
    for (let at = this.first; at < end && this.isOver(); at++) {
      const message = this.messages[at]
      if (message?.role !== 'assistant' || !message.reasoning) continue
      const { reasoning: _, ...rest } = message
      this.replace(at, message, rest)
    }
  }

  private shortenAt(at: number, maxChars: number): void {
    const message = this.messages[at]
    if (message?.role !== 'tool' || message.content.length <= maxChars) return
    this.shortenedIds.add(message.toolCallId)
    this.replace(at, message, { ...message, content: shrinkText(message.content, maxChars) })
  }

  private replace(at: number, before: ModelMessage, after: ModelMessage): void {
    this.tokens += estimateMessage(after) - estimateMessage(before)
    this.messages[at] = after
  }
}

/**
 * The server's count, unless it is far below our estimate: then it truncated the prompt, or counted only the part
 * outside its cache.
 */
export function trustedPromptTokens(estimate: number, counted: number | undefined): number {
  return counted !== undefined && counted >= estimate * 0.4 ? counted : estimate
}
