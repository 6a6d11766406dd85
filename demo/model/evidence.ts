/** What the texts of events, logs, descriptions and failures say. */
import { z } from 'zod'
import { readRows } from './tables'

export interface ClusterEvent {
  warning: boolean
  reason: string
  /** Name of the object it is about, without its kind. */
  object: string
  message: string
}

const errorSchema = z.looseObject({ error: z.union([z.string(), z.looseObject({ message: z.string() })]) })
const logsSchema = z.looseObject({ logs: z.string() })

const FAILURE =
  /^\s*(error\b|failed to\b|not run\b|unauthorized\b|forbidden\b|there is no\b|the tool\b|this call\b|cannot\b|unable\b|no such\b)|\b(not found|is forbidden|connection refused|was stopped before it had a result|needs? approval)\b/i

/** The words of a result that is a failure; undefined where it is none. */
export function failureIn(text: string): string | undefined {
  const json = parseJson(text)
  const error = errorSchema.safeParse(json)
  if (error.success) return typeof error.data.error === 'string' ? error.data.error : error.data.error.message
  const first = text.trimStart().split('\n', 1)[0] ?? ''
  return FAILURE.test(first) && text.split('\n').length <= 5 ? shorten(text) : undefined
}

export function readEvents(text: string): ClusterEvent[] {
  const rows = readRows(text)?.filter((row) => row.REASON !== undefined)
  if (rows?.length) {
    return rows.map((row) => {
      const object = row.OBJECT ?? row.NAME ?? ''
      return event(row.TYPE, row.REASON, object, row.MESSAGE)
    })
  }
  return text.split(/^- /m).flatMap((block) => {
    const reason = field(block, 'Reason')
    return reason ? [event(field(block, 'Type'), reason, field(block, 'Name'), field(block, 'Message'))] : []
  })
}

/** The lines of a log that tell of a failure, the last ones; else the last lines. */
export function tellingLines(text: string, count: number): string[] {
  const lines = logLines(text)
  const telling = lines.filter((line) =>
    /\b(error|fatal|panic|exception|failed|cannot|refused|denied|killed)\b/i.test(line),
  )
  return (telling.length > 0 ? telling : lines).slice(-count).map(shorten)
}

export function logLines(text: string): string[] {
  const json = logsSchema.safeParse(parseJson(text))
  return (json.data?.logs ?? text).split('\n').filter((line) => line.trim() !== '')
}

/** State and reasons in a Pod's YAML or kubectl's description. */
export function readDescription(text: string): { state?: string; reasons: string[] } {
  const state = field(text, 'phase') ?? field(text, 'Status')
  const reasons = [...text.matchAll(/^[ -]+(?:reason|Reason):\s+(.+)$/gm)].map((match) => unquote(match[1] ?? ''))
  const messages = [...text.matchAll(/^[ -]+message:\s+(.+(?:\n\s{6,}\S.*)*)$/gm)].map((match) =>
    unquote(match[1] ?? ''),
  )
  const warnings = [...text.matchAll(/^\s+Warning\s+(\S+)\s+.*?\s{2,}(?:\S+\s{2,})?(\S.*)$/gm)].map(
    (match) => `${match[1]}: ${match[2]}`,
  )
  const usual = /^(Completed|ContainersNotReady|PodCompleted)$/
  const all = [...reasons.filter((reason) => !usual.test(reason)), ...messages, ...warnings].map(shorten)
  return { ...(state && { state }), reasons: [...new Set(all)].slice(0, 4) }
}

function event(
  type: string | undefined,
  reason: string | undefined,
  object: string | undefined,
  message: string | undefined,
) {
  const name = (object ?? '').split('/').at(-1) ?? ''
  return { warning: type === 'Warning', reason: reason ?? '', object: name, message: shorten(message ?? '') }
}

/** A field of a YAML block or of kubectl's description, its folded lines joined. */
function field(block: string, name: string): string | undefined {
  const match = new RegExp(`^\\s*${name}:[ \\t]+(\\S.*(?:\\n {4,}[^\\s:]+(?: .*)?(?=\\n|$))?)`, 'm').exec(block)
  return match?.[1] === undefined ? undefined : unquote(match[1])
}

function unquote(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 240 ? `${line.slice(0, 240)}…` : line
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
