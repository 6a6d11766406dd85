import { stringify } from 'yaml'
import { z } from 'zod'
import type { Coverage, ResultNote } from '#shared/result'
import type { PresentRequest } from '../types'
import { redactValue } from '../../redact/structured/redact-value'
import type { Steps } from '#shared/steps'
import { readChange } from './change'
import { errorWords, hiddenError } from './errors'
import { parseEventsYaml } from './events-yaml'
import { readJsonList } from './json-lists'
import { parseHelmList } from './helm-list'
import { readKubectlTables, type Table } from './kubectl-table'
import { withoutWarnings } from './kubectl-warnings'
import { isLogTool, readJsonLog, readLog } from './logs'
import { errorText, NO_OUTPUT, NO_ROWS, okText, type Reading } from './reading'
import { tidyTable } from './tidy-table'

/** kubernetes-mcp-server's text for an empty log. */
const saysNothingLogged = /^The pod \S+ in namespace \S* ?has not logged any message yet$/

/** mcp-server-kubernetes' report of a completed change. */
const said = z.strictObject({
  message: z.string(),
  success: z.literal(true).optional(),
  status: z.string().optional(),
  steps: z.array(z.string()).optional(),
})

/** Above this size a YAML reader or writer is too slow; JSON, which is also YAML, is written directly. */
const largestYaml = 256 * 1024

/**
 * Determines the kind of a raw result by its shape, since any server may have sent it, and logs by the tool's name,
 * since they have no shape. Reads `structuredContent` only without text.
 */
export function* readResult(request: PresentRequest): Steps<Reading> {
  const { raw } = request
  const text = raw.texts.join('\n')
  if (raw.isError) return errorText(errorWords(text, request) || NO_OUTPUT)
  if (text.trim() === '') return yield* readEmpty(request)
  if (isLog(request)) return yield* readLogs(request, text)
  const json = parseJson(text)
  return json
    ? yield* readJson(request, json.value, text.length)
    : (readChange(request, text) ?? (yield* readText(text)))
}

/** An unknown server may use any tool names. */
function isLog({ tool, raw }: PresentRequest): boolean {
  return raw.isLog === true || isLogTool(tool)
}

function* readLogs(request: PresentRequest, text: string): Steps<Reading> {
  const { tool, arguments: args } = request
  // Only kubectl_logs wraps logs in JSON; for other tools the pod itself may have logged JSON such as
  // `{"status":"error"}`.
  const json = tool.startsWith('kubectl') ? parseJson(text) : undefined
  const wrapped = json && readJsonLog(json.value, args)
  if (json && !wrapped) return yield* readJson(request, json.value, text.length)
  const log = wrapped ?? readLog(text, args)
  if (log.text === '') return okText(NO_OUTPUT)
  return saysNothingLogged.test(log.text) ? okText(log.text) : { status: 'ok', part: log }
}

function* readText(output: string): Steps<Reading> {
  const { text, notes } = withoutWarnings(output)
  const tables = yield* readKubectlTables(text)
  // Several tables in one text have different columns: kubectl's own alignment shows them best.
  if (tables?.length === 1 && tables[0]) return withNotes(yield* table(tables[0]), notes)
  if (tables) return okText(text)
  const isHelmList = text.length <= largestYaml && /^- (?:appVersion|chart|name):/.test(text)
  const listed = (yield* parseEventsYaml(text)) ?? (isHelmList ? parseHelmList(text) : undefined)
  if (listed) return yield* table(listed)
  if (looksLikeManifest(text)) return { status: 'ok', part: { kind: 'yaml', text: text.trimEnd() } }
  // `# No events found`
  return okText(text.replace(/^# (?=[^\n]*$)/, '').trimEnd())
}

function withNotes(reading: Reading, notes: ResultNote[]): Reading {
  const { part } = reading
  if (notes.length === 0 || part.kind !== 'table') return reading
  const coverage: Coverage = { scope: 'cluster', shown: part.rows.length, complete: false, notes }
  return { ...reading, part: { ...part, coverage } }
}

function* readJson(request: PresentRequest, value: unknown, size: number): Steps<Reading> {
  const error = hiddenError(value, request)
  if (error !== undefined) return errorText(typeof error === 'string' ? errorWords(error, request) : error)
  const list = readJsonList(value)
  if (list) return yield* table(list)
  const message = said.safeParse(value)
  if (message.success) return okText([message.data.message, ...(message.data.steps ?? [])].join('\n'))
  const safe = redactValue(value)
  return { status: 'ok', part: { kind: 'yaml', text: toYaml(safe, size) } }
}

function* readEmpty(request: PresentRequest): Steps<Reading> {
  const { tool, raw } = request
  const structured = raw.structuredContent
  const json = structured === undefined || structured === null ? '' : JSON.stringify(structured)
  if (json.length > '{}'.length) return yield* readJson(request, structured, json.length)
  return okText(!isLog(request) && /list|get|top|resources/i.test(tool) ? NO_ROWS : NO_OUTPUT)
}

function* table(found: Table): Steps<Reading> {
  if (found.rows.length === 0) return okText(NO_ROWS)
  return { status: 'ok', part: { kind: 'table', ...(yield* tidyTable(found)) } }
}

function parseJson(text: string): { value: unknown } | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch {
    return undefined
  }
}

function toYaml(value: unknown, size: number): string {
  if (size > largestYaml) return JSON.stringify(value, null, 2)
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd()
}

/** True if the first line except comments starts a Kubernetes object or a list of them. */
function looksLikeManifest(text: string): boolean {
  const first = text
    .slice(0, 4096)
    .split('\n')
    .find((line) => !/^\s*(?:#.*|---.*)?$/.test(line))
  return /^(?:- )?["']?(?:apiVersion|kind|metadata|items|data|spec|status)["']?:(?:\s|$)/.test(first ?? '')
}
