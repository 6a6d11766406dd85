/** Recognizes a model server's error that says: the model wrote a call which the server could not read. */
import { msg } from '#shared/messages/create'
import { ModelError } from '../types'

/** The server's own words tell the model what to mend. */
export class BrokenCallError extends ModelError {
  constructor(readonly words: string) {
    super('model-bad-response', msg('model-broken-call'))
    this.name = 'BrokenCallError'
  }
}

/**
 * Ollama: `error parsing tool call: raw='{"a', err=unexpected end of JSON input`. vLLM: `unexpected tokens remaining in
 * message header: ["to=functions.pods_list"]`. llama.cpp: `Failed to parse input at pos 12: <|channel|>…`, `Invalid diff:
 * now finding less tool calls!`. Others: `failed to parse tool call arguments as JSON`.
 */
const BROKEN =
  /pars(?:e|ing) (?:the )?(?:tool|function)[ _-]?calls?|tool[ _-]?calls?\b.{0,60}\b(?:pars|decod|JSON)|unexpected tokens remaining|harmony|failed to parse input|invalid diff/i

/** A refused history is ours to mend, not the model's: Ollama's 400 `invalid tool call arguments`. */
const REFUSED_HISTORY = /^invalid tool call arguments/i

/** @param words the server's message */
export function brokenCall(words: string): BrokenCallError | undefined {
  return BROKEN.test(words) && !REFUSED_HISTORY.test(words) ? new BrokenCallError(words) : undefined
}
