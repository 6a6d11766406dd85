/** What a model server with one cache slot must read: the tokens after the longest common prefix. */
import { encode } from 'gpt-tokenizer/encoding/o200k_harmony'
import { gptOssPrompt } from '../../tests/support/tokens/gpt-oss-prompt'

/** A request of the server with what the model wrote after it, in harmony format. */
export interface Recorded {
  /** The body of `POST /v1/chat/completions`. */
  request: unknown
  written: string
  /** Sent while the model was idle: nobody waits for it. */
  isAhead: boolean
}

/** Tokens of one request. */
export interface Reading {
  /** The whole prompt. */
  prompt: number
  /** Not in the longest common prefix with the previous request and its answer. */
  prefill: number
}

/** The readings that a user waits for, in order. */
export function readings(recorded: readonly Recorded[]): Reading[] {
  let cached: number[] = []
  const all: Reading[] = []
  for (const { request, written, isAhead } of recorded) {
    const text = gptOssPrompt(request)
    const prompt = encode(text, { allowedSpecial: 'all' })
    if (!isAhead) all.push({ prompt: prompt.length, prefill: prompt.length - commonPrefix(prompt, cached) })
    cached = encode(text + written, { allowedSpecial: 'all' })
  }
  return all
}

function commonPrefix(one: readonly number[], other: readonly number[]): number {
  const end = Math.min(one.length, other.length)
  let at = 0
  while (at < end && one[at] === other[at]) at++
  return at
}
