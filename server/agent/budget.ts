/**
 * Keeps a request under the context window. Ollama cuts silently when it is over: the oldest messages go, then the
 * prompt itself (ollama#17427), so what must stay is decided here.
 */
import { FENCE_CHARS } from '../model/fence'
import type { ModelMessage, ModelTool } from '../model/types'
import { shrinkText } from '../results'
import { CHARS_PER_TOKEN, estimateMessage, estimateMessages, estimateTools } from './tokens'

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
  /** The calls whose results were shortened to fit. */
  shortenedIds: ReadonlySet<string>
  /** Messages of older turns that were left out to fit. */
  leftOut: number
}

/** Characters that one result may have for the model, less what its fence adds. */
export function resultChars(windowTokens: number): number {
  return Math.floor(windowTokens * RESULT_SHARE) * CHARS_PER_TOKEN - FENCE_CHARS
}

export function answerTokens(windowTokens: number): number {
  return Math.min(MAX_ANSWER, Math.floor(windowTokens / 4))
}

/**
 * Fits system prompt, tools and history under the window. Older results shrink first, oldest first; then whole turns go,
 * oldest first, each with all its calls and results, so that every call keeps its one result. The question stays; of its
 * own turn the reasoning of earlier rounds goes, and then the newest results give way too.
 * @param questionAt index of the question: what follows it is this turn's
 * @returns undefined where the question with what belongs to it is too long even so
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

/** The messages with their sizes, so that each change costs what it changes. */
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

  /** Bounds every result before `end`. */
  shorten(maxChars: number, end: number): void {
    for (let at = this.first; at < end; at++) this.shortenAt(at, maxChars)
  }

  /** The same, oldest first, and only while it is too much. */
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
 * What the server counted, unless it is far below our estimate: then it has cut the prompt, or counts only what its
 * cache did not hold.
 */
export function trustedPromptTokens(estimate: number, counted: number | undefined): number {
  return counted !== undefined && counted >= estimate * 0.4 ? counted : estimate
}
