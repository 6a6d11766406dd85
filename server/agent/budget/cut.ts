/**
 * Cuts a history that is too long. The cut is a function of the messages alone, found by replaying them in order: the
 * next question finds the same one, so that the model server need not read the rest again.
 */
import type { ModelMessage } from '../../model/types'
import { shrinkToTokens } from '../../results'
import { estimateMessage } from './estimate'
import type { HistoryRoom } from './limits'

/** Limits of older results, in tokens, applied one after the other. */
const STAGES = [120, 40]
/** The same for results of the current turn, which the answer needs. */
const CURRENT_STAGES = [400, ...STAGES]

export interface CutHistory {
  /** Without the messages of dropped turns. */
  messages: ModelMessage[]
  /** Estimate, without reasoning. */
  tokens: number
  /** Number of dropped messages. */
  leftOut: number
}

/** All in estimated tokens. */
export interface CutOptions {
  room: HistoryRoom
  /** Limit of one result. */
  maxResult: number
}

/** @param questionAt index of the current question */
export function cutHistory(history: readonly ModelMessage[], questionAt: number, options: CutOptions): CutHistory {
  const cutting = new Cutting(options)
  for (const [at, message] of history.entries()) {
    if (at > questionAt && isCorrection(message)) {
      cutting.addPassing(message)
      continue
    }
    cutting.add(message)
    if (isRequestPoint(history, at)) cutting.cutIfFull()
  }
  return cutting.result()
}

/** Only the current turn has it, so it must not move the cut: an answer of a wrong form, or a hint to the model. */
function isCorrection(message: ModelMessage): boolean {
  return message.role === 'user' || (message.role === 'assistant' && !message.toolCalls?.length)
}

/** True if a request is sent after this message. */
function isRequestPoint(history: readonly ModelMessage[], at: number): boolean {
  const role = history[at]?.role
  return role === 'user' || (role === 'tool' && history[at + 1]?.role !== 'tool')
}

class Cutting {
  private tokens = 0
  private passing = 0
  private first = 0
  private question = 0
  private newest = 0
  private readonly messages: ModelMessage[] = []
  private readonly sizes: number[] = []

  constructor(private readonly options: CutOptions) {}

  add(message: ModelMessage): void {
    const size = estimateMessage(message)
    this.tokens += size
    this.sizes.push(size)
    this.messages.push(message)
    const at = this.messages.length - 1
    if (message.role === 'user') this.question = at
    if (message.role !== 'tool') this.newest = at
    this.shorten(at, this.options.maxResult)
  }

  addPassing(message: ModelMessage): void {
    this.passing += estimateMessage(message)
    this.sizes.push(0)
    this.messages.push(message)
  }

  cutIfFull(): void {
    const { high, low } = this.options.room
    if (this.tokens <= high) return
    const { question, newest } = this
    for (const max of STAGES) this.shortenDownTo(low, max, this.first, question)
    while (this.tokens > low && this.first < question) this.dropTurn(question)
    for (const max of CURRENT_STAGES) this.shortenDownTo(low, max, question, newest)
    for (const max of CURRENT_STAGES) this.shortenDownTo(high, max, newest, this.messages.length)
  }

  result(): CutHistory {
    return { messages: this.messages.slice(this.first), tokens: this.tokens + this.passing, leftOut: this.first }
  }

  private shortenDownTo(limit: number, maxTokens: number, from: number, end: number): void {
    for (let at = from; at < end && this.tokens > limit; at++) this.shorten(at, maxTokens)
  }

  private dropTurn(question: number): void {
    do this.tokens -= this.sizes[this.first++] ?? 0
    while (this.first < question && this.messages[this.first]?.role !== 'user')
  }

  private shorten(at: number, maxTokens: number): void {
    const message = this.messages[at]
    const size = this.sizes[at] ?? 0
    if (message?.role !== 'tool' || size <= maxTokens) return
    const content = shrinkToTokens(message.content, maxTokens)
    if (content === message.content) return
    const shortened = { ...message, content }
    this.messages[at] = shortened
    this.sizes[at] = estimateMessage(shortened)
    this.tokens += (this.sizes[at] ?? 0) - size
  }
}
