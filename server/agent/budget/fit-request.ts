/**
 * Keeps a turn's requests within the context window. Ollama truncates silently: first the oldest messages, then the
 * prompt itself (ollama#17427). So the selection is made here.
 */
import type { ModelMessage, ModelTool } from '../../model/types'
import { cutHistory } from './cut'
import { estimateBeginning, estimateReasoning } from './estimate'
import { answerTokens, historyRoom, resultTokens } from './limits'
import type { PromptEstimate, TokenMeter } from './meter'

export interface FittedRequest {
  messages: ModelMessage[]
  /** Estimated tokens of the whole prompt, in the model's own vocabulary. */
  promptTokens: number
  /** The uncorrected estimate, for the meter. */
  estimate: PromptEstimate
  /** Maximum tokens to generate. */
  maxTokens: number
  /** Calls whose results were shortened to fit. */
  shortenedIds: ReadonlySet<string>
  /** Number of dropped messages of older turns. */
  leftOut: number
}

/** What comes before the history, and the window for all. */
interface Beginning {
  system: string
  tools: readonly ModelTool[]
  windowTokens: number
  /** The operator's limit of an answer, in tokens. */
  answerLimit?: number | undefined
}

/** One for each turn. */
export class RequestFitter {
  /** Messages before it have lost their reasoning in this turn. */
  private reasoningFrom = 0

  constructor(private readonly meter: TokenMeter) {}

  /**
   * Fits system prompt, tools and history. A history that is too long is cut once, to leave room for the next
   * questions: older results are shortened, then whole turns dropped, so that every call keeps its result. The
   * question stays; of its own turn, results and reasoning of earlier rounds go before those of the newest.
   * @param questionAt index of the question: this turn's messages follow it
   * @returns undefined if the question and its turn are too long even so
   */
  fit(
    { system, tools, windowTokens, answerLimit }: Beginning,
    history: readonly ModelMessage[],
    questionAt: number,
  ): FittedRequest | undefined {
    const { meter } = this
    const beginning = estimateBeginning(system, tools)
    const maxTokens = answerTokens(windowTokens, answerLimit)
    const room = historyRoom(windowTokens - maxTokens, meter.beginning(beginning), (tokens) => meter.inHistory(tokens))
    const cut = cutHistory(history, questionAt, { room, maxResult: resultTokens(windowTokens) })
    const newest = history.findLastIndex(({ role }) => role === 'assistant')
    // All at once, so that the next steps need not drop more.
    for (const from of [newest, history.length])
      if (cut.tokens + reasoningTokens(history, this.reasoningFrom) > room.most)
        this.reasoningFrom = Math.max(this.reasoningFrom, from)
    const estimate = { beginning, history: cut.tokens + reasoningTokens(history, this.reasoningFrom) }
    if (estimate.history > room.most) return undefined
    const kept = cut.messages.map((message, at) =>
      at + cut.leftOut < this.reasoningFrom ? withoutReasoning(message) : message,
    )
    return {
      messages: [{ role: 'system', content: system }, ...kept],
      promptTokens: meter.total(estimate),
      estimate,
      maxTokens,
      shortenedIds: shortened(history.slice(cut.leftOut), kept),
      leftOut: cut.leftOut,
    }
  }
}

function reasoningTokens(history: readonly ModelMessage[], from: number): number {
  return history.slice(from).reduce((sum, message) => sum + estimateReasoning(message), 0)
}

function withoutReasoning(message: ModelMessage): ModelMessage {
  if (message.role !== 'assistant' || !message.reasoning) return message
  const { reasoning: _, ...rest } = message
  return rest
}

function shortened(before: readonly ModelMessage[], after: readonly ModelMessage[]): ReadonlySet<string> {
  return new Set(
    after.flatMap((message, at) =>
      message.role === 'tool' && message.content !== before[at]?.content ? [message.toolCallId] : [],
    ),
  )
}
