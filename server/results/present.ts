import { setImmediate } from 'node:timers/promises'
import type { ResultPart } from '#shared/result'
import type { PresentedResult, PresentRequest } from './types'
import { cleanPart } from './clean-part'
import { modelText } from './model-text/model-text'
import { readResult } from './parse/read-result'
import { secretsOf, withoutSecrets } from './redact/call-secrets'
import { namesSecret } from './redact/names-secret'
import { fenceSecretOutput } from './redact/secret-output'
import { atOnce, inSlices, type Steps } from './steps'

/** It took so long to arrive and to be read that others have waited enough already. */
const LARGE_CHARS = 1024 * 1024

/**
 * Turns a raw result into what the model reads and what the page draws. Both come from the same cleaned part, so that
 * neither can hold what the other was spared. Never throws; `forModel` is at most `maxChars` UTF-16 units, and neither
 * is empty. Megabytes take seconds, and other answers go on between their slices.
 */
export async function presentResult(request: PresentRequest): Promise<PresentedResult> {
  const isLarge = request.raw.texts.some((text) => text.length > LARGE_CHARS)
  if (isLarge) await setImmediate()
  return await inSlices(steps(request))
}

/** presentResult without a turn of the event loop: for what is known to be small. */
export function presentResultNow(request: PresentRequest): PresentedResult {
  return atOnce(steps(request))
}

function* steps(request: PresentRequest): Steps<PresentedResult> {
  const { status, part } = yield* readResult(request)
  const clean = withoutOwnSecrets(yield* cleanPart(part), secretsOf(request.arguments))
  const forPerson =
    status === 'ok' && namesSecret(request.arguments) ? fenceSecretOutput(clean, request.arguments) : clean
  yield
  return { status, forModel: yield* modelText(forPerson, request.arguments, request.maxChars), forPerson }
}

function withoutOwnSecrets(part: ResultPart, secrets: readonly string[]): ResultPart {
  if (secrets.length === 0) return part
  const clean = (text: string): string => withoutSecrets(text, secrets)
  if (part.kind === 'table') return { ...part, rows: part.rows.map((row) => row.map(clean)) }
  return { ...part, text: clean(part.text) }
}
