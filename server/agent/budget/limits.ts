/** The shares of the context window. All in tokens. */

/** Reserve for the answer: a quarter of the window, up to this. */
const MAX_ANSWER = 4096

/** One result: a share of a small window, up to this in any. */
const RESULT_SHARE = 0.12
const MAX_RESULT = 800

/** Share of the prompt kept free for what only the current turn has: reasoning and corrections. */
const SLACK_SHARE = 0.1
const MAX_SLACK = 2048

/** A history that is too long is cut to this share, so that the next questions need no cut. */
const CUT_SHARE = 0.6
/** The least share of the history's room that a cut leaves, where tools take most of the window. */
const LEAST_SHARE = 0.45

/** @param limit the operator's: up to half of the window */
export function answerTokens(windowTokens: number, limit?: number): number {
  if (limit !== undefined) return Math.min(limit, Math.floor(windowTokens / 2))
  return Math.min(MAX_ANSWER, Math.floor(windowTokens / 4))
}

/** The most that one result costs. */
export function resultTokens(windowTokens: number): number {
  return Math.min(MAX_RESULT, Math.floor(windowTokens * RESULT_SHARE))
}

/** Limits of the history's size. */
export interface HistoryRoom {
  /** With reasoning: no request may be larger. */
  most: number
  /** Without reasoning: a larger one is cut … */
  high: number
  /** … to this. */
  low: number
}

/**
 * @param prompt tokens for all but the answer
 * @param beginning tokens of everything before the history
 * @param convert the model's tokens to estimated ones
 */
export function historyRoom(prompt: number, beginning: number, convert: (tokens: number) => number): HistoryRoom {
  const most = prompt - beginning
  const high = most - Math.min(MAX_SLACK, prompt * SLACK_SHARE)
  const low = Math.max(prompt * CUT_SHARE - beginning, high * LEAST_SHARE)
  return { most: convert(most), high: convert(high), low: convert(low) }
}
