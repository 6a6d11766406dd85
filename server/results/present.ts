import { setImmediate } from 'node:timers/promises'
import { toolDataSchema } from '#shared/result'
import type { ResultPart, ToolData } from '#shared/result'
import { resultTextSteps } from '#shared/results/result-text'
import { atOnce, type Steps } from '#shared/steps'
import type { PresentedResult, PresentRequest } from './types'
import { cleanData, cleanPart } from './clean-part'
import { modelText } from './model-text/model-text'
import type { ParsedPart } from './parse/reading'
import { readResult } from './parse/read-result'
import { secretsOf, withoutSecrets } from '../redact/structured/call-secrets'
import { namesSecret } from '../redact/structured/names-secret'
import { fenceSecretOutput } from './secret-output'
import { resultBytes } from './size'
import { cutToTokens } from './within-tokens'
import { inSlices } from '../redact/steps'

/** Above this size, arrival and parsing have already delayed others enough. */
const LARGE_CHARS = 1024 * 1024

/**
 * Converts a raw result to the model's text and the page's part, both from the same cleaned part. Never throws;
 * `forModel` has at most an estimated `maxTokens`, and neither is empty. Megabytes take seconds; other work continues
 * between slices.
 */
export async function presentResult(request: PresentRequest): Promise<PresentedResult> {
  const isLarge = request.raw.texts.some((text) => text.length > LARGE_CHARS)
  if (isLarge) await setImmediate()
  return await inSlices(steps(request))
}

/** presentResult in one slice, for small results. */
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
  const text = yield* modelText(forPerson, request.arguments, request.maxTokens)
  yield* measure(forPerson)
  return { status, forModel: cutToTokens(text, request.maxTokens), forPerson }
}

/** Our own MCP server's data; a result without it is a protocol or session error, as text. */
function structuredData({ raw }: PresentRequest): ToolData | undefined {
  return raw.isStructured ? toolDataSchema.safeParse(raw.structuredContent).data : undefined
}

function* presentData(data: ToolData, { raw, maxTokens, arguments: args }: PresentRequest): Steps<PresentedResult> {
  const forPerson = yield* cleanData(data)
  yield
  const text = yield* resultTextSteps(forPerson, { maxTokens, args })
  yield* measure(forPerson)
  return { status: raw.isError ? 'error' : 'ok', forModel: cutToTokens(text, maxTokens), forPerson }
}

/** In a step of its own, since those that keep and send the result ask for its size one right after the other. */
function* measure(part: ResultPart): Steps<void> {
  yield
  resultBytes(part)
  yield
}

function withoutOwnSecrets(part: ParsedPart, secrets: readonly string[]): ParsedPart {
  if (secrets.length === 0) return part
  const clean = (text: string): string => withoutSecrets(text, secrets)
  if (part.kind === 'table') return { ...part, rows: part.rows.map((row) => row.map(clean)) }
  return { ...part, text: clean(part.text) }
}
