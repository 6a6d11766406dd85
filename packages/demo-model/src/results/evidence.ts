/** Extracts evidence from events, logs, descriptions and failures. */
import { z } from 'zod'
import { readRows } from './tables'

export interface ClusterEvent {
  warning: boolean
  reason: string
  /** Name of the object, without its kind. */
  object: string
  message: string
}

const errorSchema = z.looseObject({ error: z.union([z.string(), z.looseObject({ message: z.string() })]) })
const logsSchema = z.looseObject({ logs: z.string() })

const FAILURE =
  /^\s*(error\b|failed to\b|not run\b|unauthorized\b|forbidden\b|there is no\b|user \S+ may not\b|this cluster has no\b|no helm release "|helm keeps\b|the tool\b|the operator has\b|this call\b|cannot\b|unable\b|no such\b|helm is not installed\b|the helm program\b|no helm program\b)|\b(not found|is forbidden|connection refused|was stopped before it had a result|needs? approval)\b/i

/** The message of a failed result; undefined for a success. */
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

/** The last lines of a log that report a failure, otherwise the last lines. */
export function tellingLines(text: string, count: number): string[] {
  const { lines } = readLog(text)
  const telling = lines.filter((line) =>
    /\b(error|fatal|panic|exception|failed|cannot|refused|denied|killed)\b/i.test(line),
  )
  return (telling.length > 0 ? telling : lines).slice(-count).map(shorten)
}

export interface Log {
  lines: string[]
  /** Number of lines read; `lines` may be a part of them. */
  total: number
  /** Our own server's remarks about an empty log. */
  said: string[]
}

/** A log in our own server's format, as JSON, or plain. */
export function readLog(text: string): Log {
  const all = (logsSchema.safeParse(parseJson(text)).data?.logs ?? text)
    .split('\n')
    .filter((line) => line.trim() !== '')
  if (!/^Log of \S+/.test(all[0] ?? '')) {
    const lines = all.filter((line) => line !== '(no output)' && !/has not logged any message yet$/.test(line))
    const cut = /^… [\d,]+ of ([\d,]+) lines left out/.exec(lines.at(-1) ?? '')?.[1]
    return { lines, total: cut === undefined ? lines.length : count(cut), said: [] }
  }
  const counted = all.findIndex((line) => READ_LINES.test(line))
  if (counted < 0) return { lines: [], total: 0, said: all.slice(1).filter((line) => line !== 'The log is empty.') }
  const lines = all.slice(counted + 1).filter((line) => !REMARK.test(line))
  return { lines, total: count(READ_LINES.exec(all[counted] ?? '')?.[1] ?? ''), said: [] }
}

const READ_LINES = /^(?:All|The last|The first|Searched all) ([\d,]+) lines?\b/
const REMARK =
  /^(?:The clock in the lines is |With the lines around |Left out: |Long lines are cut\.|… \([\d,]+ lines?\)$)/

function count(text: string): number {
  return Number(text.replaceAll(',', ''))
}

/** State and reasons of a Pod in our own server's description, in its YAML, or in kubectl's description. */
export function readDescription(text: string): { state?: string; reasons: string[] } {
  const own = /^Pod \S+ in namespace \S+: (?:bad|waiting|ok|unknown)(?: \((.*)\))?$/m.exec(text)
  if (own) {
    const phase = /\bPhase: (\S+)/.exec(text)?.[1]
    const events = /^Events:\n((?:.* \| .*\n?)+)/m.exec(text)?.[1] ?? ''
    const warnings = readEvents(events).filter(({ warning }) => warning)
    const said = warnings.map(({ reason, message }) => `${reason}: ${message}`)
    const why = own[1] === undefined ? [] : [shorten(own[1])]
    return { ...(phase && { state: phase }), reasons: [...new Set([...why, ...said])].slice(0, 4) }
  }
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

/** A field of a YAML block or of kubectl's description, with folded lines joined. */
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
