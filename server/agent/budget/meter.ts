/** Corrects token estimates by what the model's server counts: every vocabulary and template is another. */

/** The estimate of a prompt, in its two parts. */
export interface PromptEstimate {
  /** Template, instruction and tools. */
  beginning: number
  history: number
}

/** Templates that print tools as JSON need up to three times the tokens of a signature. */
const MOST_BEGINNING = 3
const MOST_HISTORY = 2

/** One for each model and process. Counts only raise its ratios: a server may count the part outside its cache alone. */
export class TokenMeter {
  private readonly ratios: PromptEstimate = { beginning: 1, history: 1 }

  /** Converts an estimate of the beginning to the model's tokens. */
  beginning(estimate: number): number {
    return Math.ceil(estimate * this.ratios.beginning)
  }

  /** Converts the model's tokens to an estimate of messages. */
  inHistory(tokens: number): number {
    return Math.floor(tokens / this.ratios.history)
  }

  total({ beginning, history }: PromptEstimate): number {
    return this.beginning(beginning) + Math.ceil(history * this.ratios.history)
  }

  /**
   * Learns from a finished step.
   * @param estimate uncorrected
   * @param counted `usage.prompt_tokens`
   */
  learn(estimate: PromptEstimate, counted: number | undefined): void {
    if (counted === undefined || counted <= this.total(estimate)) return
    const { beginning, history } = estimate
    // The larger part explains a difference best.
    if (beginning >= history) {
      const ratio = (counted - history * this.ratios.history) / Math.max(1, beginning)
      this.ratios.beginning = Math.min(MOST_BEGINNING, ratio)
    } else {
      this.ratios.history = Math.min(MOST_HISTORY, (counted - this.beginning(beginning)) / history)
    }
  }
}

/**
 * The server's count, unless it is far below our estimate: then it truncated the prompt, or counted only the part
 * outside its cache.
 */
export function trustedPromptTokens(estimate: number, counted: number | undefined): number {
  return counted !== undefined && counted >= estimate * 0.4 ? counted : estimate
}
