import { setImmediate } from 'node:timers/promises'
import { toolDataSchema } from '#shared/result'
import type { ToolData } from '#shared/result'
import { resultText } from '#shared/results/result-text'
import type { PresentedResult, PresentRequest } from './types'
import { cleanData, cleanPart } from './clean-part'
import { cutEnd } from './model-text/bound'
import { modelText } from './model-text/model-text'
import type { ParsedPart } from './parse/reading'
import { readResult } from './parse/read-result'
import { secretsOf, withoutSecrets } from '../redact/structured/call-secrets'
import { namesSecret } from '../redact/structured/names-secret'
import { fenceSecretOutput } from './secret-output'
import { atOnce, inSlices, type Steps } from '../redact/steps'

/** It took so long to arrive and to be read that others have waited enough already. */
const LARGE_CHARS = 1024 * 1024

/** As server/agent/tokens.ts counts: kubectl's tables and hashes have about three. */
const CHARS_PER_TOKEN = 3

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
  const data = structuredData(request)
  if (data) return yield* presentData(data, request)
  const { status, part } = yield* readResult(request)
  const clean = withoutOwnSecrets(yield* cleanPart(part), secretsOf(request.arguments))
  const forPerson =
    status === 'ok' && namesSecret(request.arguments) ? fenceSecretOutput(clean, request.arguments) : clean
  yield
  return { status, forModel: yield* modelText(forPerson, request.arguments, request.maxChars), forPerson }
}

/** What our own MCP server answered; an answer without it is an error of the protocol or the session, in text. */
function structuredData({ raw }: PresentRequest): ToolData | undefined {
  return raw.isStructured ? toolDataSchema.safeParse(raw.structuredContent).data : undefined
}

function* presentData(data: ToolData, { raw, maxChars, arguments: args }: PresentRequest): Steps<PresentedResult> {
  const forPerson = yield* cleanData(data)
  yield
  // The text is bounded in tokens, the history in characters.
  const text = resultText(forPerson, { maxTokens: Math.floor(maxChars / CHARS_PER_TOKEN), args })
  return { status: raw.isError ? 'error' : 'ok', forModel: cutEnd(text, maxChars), forPerson }
}

function withoutOwnSecrets(part: ParsedPart, secrets: readonly string[]): ParsedPart {
  if (secrets.length === 0) return part
  const clean = (text: string): string => withoutSecrets(text, secrets)
  if (part.kind === 'table') return { ...part, rows: part.rows.map((row) => row.map(clean)) }
  return { ...part, text: clean(part.text) }
}
