/** A log for the model: source and coverage, the lines that matter, then a note about omissions. */
import type { LogResult } from '../result'
import { atOnce, type Steps } from '../steps'
import { readableLine, shortLine, terminalLines } from './log-lines'
import { Picks } from './log-picks'
import type { Focus } from './log-picks'
import { estimateTokens, fitsInTokens } from './tokens'

/** The input: a log result of our own MCP server, or only `text` from another one. */
export type LogSource = Pick<LogResult, 'text'> & Partial<LogResult>

export interface LogTextOptions {
  maxTokens?: number
  /** Arguments that read other lines. */
  more?: string
}

/** Tokens reserved for the last line. */
const LAST_LINE = 45

/**
 * A log in at most `maxTokens`: whole if it fits, otherwise its end and its distinct errors with their causes, in log
 * order, with gap marks.
 */
export function logText(log: LogSource, options: LogTextOptions = {}): string {
  return atOnce(logTextSteps(log, options))
}

/** The same in steps, for logs of megabytes. */
export function* logTextSteps(
  log: LogSource,
  { maxTokens = 1200, more = 'search, since, around' }: LogTextOptions = {},
): Steps<string> {
  const heading = headingOf(log, maxTokens)
  const lines = terminalLines(log.text)
  yield
  if (lines.length === 0) return log.coverage?.notes.length ? heading : `${heading}\nThe log is empty.`
  if (lines.reduce((sum, line) => sum + line.length, 0) < maxTokens * 8) {
    const own = heading === 'Log.' ? [] : [heading]
    const whole = [...own, ...lines.map((line) => readableLine(line))].join('\n')
    if (fitsInTokens(whole, maxTokens)) return whole
  }
  const room = maxTokens - estimateTokens(heading) - LAST_LINE
  const picks = new Picks(lines, focusOf(log), room)
  const picked = yield* picks.choose()
  for (;;) {
    const text = [heading, ...picked.body(), picked.lastLine(more)].join('\n')
    if (fitsInTokens(text, maxTokens) || !picked.dropOne()) return text
  }
}

function headingOf(log: LogSource, maxTokens: number): string {
  const { pod, namespace, container, state, others = [], previous, source, coverage } = log
  const name = pod === undefined ? source : `pod ${namespace === undefined ? '' : `${namespace}/`}${pod}`
  const whose = [
    name === undefined ? 'Log' : `Log of ${name}`,
    container === undefined ? '' : `, container ${container}${state === undefined ? '' : ` (${state})`}`,
    previous ? ', previous run' : '',
  ]
  const out = [`${whose.join('')}.`]
  if (others.length > 0) {
    const named = others.map(({ name: other, init, state: its }) => `${other} (${init ? 'init, ' : ''}${its})`)
    out.push(`Other containers: ${named.join(', ')}.`)
  }
  for (const { text } of coverage?.notes ?? []) out.push(shortLine(text, maxTokens <= 600 ? 220 : 500))
  return out.join('\n')
}

function focusOf({ coverage }: LogSource): Focus {
  const params = (code: string) => coverage?.notes.find((note) => note.code === code)?.params
  const found = params('log-searched')?.found
  const before = params('log-around')?.before
  return {
    found: typeof found === 'string' ? found : '',
    centre: typeof before === 'number' ? before : undefined,
  }
}
