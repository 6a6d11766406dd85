/** Recognizes a model server's refusal of a request that is longer than its context window. */
import { msg } from '#shared/messages/create'
import { ModelError } from './types'

/** The window of this server is smaller than assumed, or its tokens are more than estimated. */
export class ContextLengthError extends ModelError {
  /**
   * @param limit the server's window in tokens, if it reports it
   * @param requested the tokens that it counted, if it reports them
   */
  constructor(
    readonly limit: number | undefined,
    readonly requested: number | undefined,
  ) {
    super('window-too-small', limit === undefined ? msg('model-context-unknown') : msg('model-context', { limit }))
    this.name = 'ContextLengthError'
  }

  /**
   * The window, by our own estimate of tokens, into which the next request must fit.
   * @param windowTokens the window so far
   * @param estimated our estimate of the refused request, with its answer
   */
  smallerWindow(windowTokens: number, estimated: number): number {
    const limit = Math.min(windowTokens, this.limit ?? windowTokens)
    const { requested } = this
    const scaled = requested ? Math.floor((limit * estimated) / requested) : limit
    // A second refusal of the same request would help nobody.
    return Math.min(scaled, limit, Math.floor(estimated * 0.9))
  }
}

/**
 * OpenAI and vLLM: `This model's maximum context length is 4096 tokens. However, you requested 9000 tokens`, or `…and
 * your request has 5000 input tokens`. llama.cpp: `the request exceeds the available context size (4096 tokens)`, or
 * `request (9000 tokens) exceeds …`. Ollama: `the input length exceeds the context length`. LM Studio: `…the model is
 * loaded with context length of only 4096 tokens`.
 */
const TOO_LONG = /maximum context length|exceeds? the (?:available |maximum )?context|context length of only/i
const LIMIT = /(?:context (?:length|size)(?: is| of only)? \(?)(\d+)/i
const REQUESTED = /(?:requested |request \(|request has )(\d+)/i

/** @param words the server's message */
export function contextLengthError(words: string): ContextLengthError | undefined {
  if (!TOO_LONG.test(words)) return undefined
  return new ContextLengthError(numberIn(LIMIT, words), numberIn(REQUESTED, words))
}

function numberIn(form: RegExp, words: string): number | undefined {
  const digits = form.exec(words)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** @throws any other error */
export function asContextLengthError(error: unknown): ContextLengthError {
  if (error instanceof ContextLengthError) return error
  throw error
}
