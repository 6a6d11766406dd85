/** Runs a command's read. Never throws: a failure is a result too. */
import { toolDataSchema, type ResultPart, type ToolOutput } from '#shared/result'
import type { Text } from '../../composables/ui/useText'
import { ChatRequestError } from '../chat/chatProblem'
import { readCluster, ReadRefusedError, ReadTooOftenError, type DirectCall } from '../read/readCluster'
import type { CommandRead } from './commandMessages'

/** What the model may read of a result with the next question, in tokens: as much as of a call of its own. */
const MAX_TOKENS = 800

export async function runCommand(call: DirectCall, t: Text, signal: AbortSignal): Promise<CommandRead> {
  const started = performance.now()
  const output = (status: ToolOutput['status'], text: string): ToolOutput => ({
    status,
    text,
    durationMs: Math.round(performance.now() - started),
  })
  try {
    const result = await readCluster(call, { signal })
    return { output: output('ok', await modelText(call, result)), result }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { output: output('error', text), result: failure(error, text, t) }
  }
}

function failure(error: unknown, text: string, t: Text): ResultPart {
  if (error instanceof ReadRefusedError) return error.result
  if (error instanceof ReadTooOftenError) return { kind: 'text', text: t('error.code.too-many-turns') }
  if (error instanceof TypeError) return { kind: 'text', text: t('error.code.unreachable') }
  if (!(error instanceof ChatRequestError)) return { kind: 'text', text }
  const { code, message, localized } = error.problem
  return message === undefined
    ? { kind: 'text', text: t(`error.code.${code}`) }
    : { kind: 'text', text: message, ...(localized && { localized }) }
}

/** Longest text of a result without a text of its own, in characters. */
const MAX_CHARS = 3000

/** Loaded with the first command. */
async function modelText({ arguments: args }: DirectCall, result: ResultPart): Promise<string> {
  if (result.kind === 'plan') return (await import('#shared/results/plan-text')).planText(result).slice(0, MAX_CHARS)
  const data = toolDataSchema.safeParse(result)
  if (!data.success) return (result.kind === 'text' ? result.text : JSON.stringify(result)).slice(0, MAX_CHARS)
  const { resultText } = await import('#shared/results/result-text')
  return resultText(data.data, { maxTokens: MAX_TOKENS, args })
}
