/** The short text of a structured result, for the model and for clients without structured content. */
import type { ResultNote, TextResult, ToolData } from '../result'
import { atOnce, type Steps } from '../steps'
import { changesText } from './changes-text'
import { fieldsText } from './fields-text'
import { findingsText } from './findings-text'
import { logTextSteps } from './log-text'
import { objectText } from './object-text'
import { tableTextSteps } from './table-text'

export interface TextOptions {
  /** In tokens, as estimated by `tokens.ts`. */
  maxTokens: number
  /** Arguments of the call: what they name is kept. */
  args?: Record<string, unknown>
}

/** Maximum cost of one result for any context window. In tokens. */
const MAX_RESULT_TOKENS = 1200

/** Never empty. Coverage and notes come first: gaps in coverage must not be cut. */
export function resultText(data: ToolData, options: TextOptions): string {
  return atOnce(resultTextSteps(data, options))
}

/** The same in steps, for tables and logs of megabytes. */
export function* resultTextSteps(data: ToolData, { maxTokens, args = {} }: TextOptions): Steps<string> {
  const options = { maxTokens: Math.min(maxTokens, MAX_RESULT_TOKENS), args }
  switch (data.kind) {
    case 'table':
      return yield* tableTextSteps(data, options)
    case 'log':
      return yield* logTextSteps(data, options)
    case 'object':
      return objectText(data, options)
    case 'findings':
      return findingsText(data, options)
    case 'changes':
      return changesText(data, options)
    case 'text':
      return plainText(data)
    // A new kind has this text until it gets one of its own.
    default:
      return fieldsText(data, options)
  }
}

/** A sentence with its notes, which are short by design. */
function plainText({ text, coverage }: TextResult): string {
  return (
    [text, ...(coverage?.notes ?? []).map((note: ResultNote) => note.text)].filter(Boolean).join('\n') || '(nothing)'
  )
}
