import type { PresentedResult, PresentRequest } from './types'
import { cleanPart } from './clean-part'
import { modelText } from './model-text/model-text'
import { readResult } from './parse/read-result'

/**
 * Turns a raw result into what the model reads and what the page draws. Both come from the same cleaned part, so that
 * neither can hold what the other was spared. Never throws; `forModel` is at most `maxChars` UTF-16 units, and neither
 * is empty.
 */
export function presentResult(request: PresentRequest): PresentedResult {
  const { status, part } = readResult(request)
  const forPerson = cleanPart(part)
  return { status, forModel: modelText(forPerson, request.arguments, request.maxChars), forPerson }
}
