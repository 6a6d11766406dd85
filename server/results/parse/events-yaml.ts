/**
 * Parses kubernetes-mcp-server's `events_list`: a YAML list below a comment. Plain lines are parsed here, since a YAML
 * parser needs seconds for thousands of events; others go to the parser.
 */
import { parse } from 'yaml'
import { isRecord } from '../../redact/values/is-record'
import type { Steps } from '#shared/steps'
import type { Table } from './kubectl-table'

/** A few milliseconds of work. */
const eventsAtOnce = 500

const heading = '# The following events'
const line = /^(?:- | {2}| {4})([A-Za-z]+):(?: (.*))?$/

/** The events as a table with kubectl's headings, or undefined for any other text. */
export function* parseEventsYaml(text: string): Steps<Table | undefined> {
  if (!text.startsWith(heading)) return undefined
  const body = text.slice(text.indexOf('\n') + 1)
  const rows: string[][] = []
  for (const item of body.split(/^(?=- )/m)) {
    if (item.trim() !== '') rows.push(eventRow(item))
    if (rows.length % eventsAtOnce === 0) yield
  }
  return { columns: ['NAMESPACE', 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'], rows }
}

function eventRow(item: string): string[] {
  const fields = simpleFields(item) ?? parsedFields(item)
  const field = (name: string): string => fields.get(name) ?? ''
  return [
    field('Namespace'),
    isoTime(field('Timestamp')),
    field('Type'),
    field('Reason'),
    objectName(field('Kind'), field('Name')),
    field('Message'),
  ]
}

/** `pod/web-0`, as kubectl writes the object of an event. */
export function objectName(kind: string, name: string): string {
  return kind ? `${kind.toLowerCase()}/${name}` : name
}

function simpleFields(item: string): Map<string, string> | undefined {
  const fields = new Map<string, string>()
  for (const text of item.trimEnd().split('\n')) {
    const match = line.exec(text)
    const value = match && simpleScalar(match[2] ?? '')
    if (value === undefined || value === null) return undefined
    fields.set(match?.[1] ?? '', value)
  }
  return fields
}

/** A one-line scalar; undefined for blocks, anchors, comments, escapes and folded lines, which need the parser. */
function simpleScalar(text: string): string | undefined {
  const quoted = /^'((?:[^']|'')*)'$|^"([^"\\]*)"$/.exec(text)
  if (quoted) return quoted[1]?.replaceAll("''", "'") ?? quoted[2]
  if (/^["'|>&*!{[%@`]|: | #/.test(text)) return undefined
  return text === 'null' ? '' : text
}

function parsedFields(item: string): Map<string, string> {
  const fields = new Map<string, string>()
  try {
    const list: unknown = parse(item, { schema: 'failsafe' })
    const event: unknown = Array.isArray(list) ? list[0] : undefined
    if (!isRecord(event)) return fields
    for (const part of [event['InvolvedObject'], event]) {
      for (const [name, value] of Object.entries(isRecord(part) ? part : {})) {
        if (typeof value === 'string') fields.set(name, value.trim())
      }
    }
  } catch {
    fields.set('Message', item.replace(/\s+/g, ' ').trim())
  }
  return fields
}

/** Converts Go's `2026-11-22 21:50:44.1 +0000 UTC` to Kubernetes' format, so that it sorts as a time. */
function isoTime(time: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? \+0000 UTC/.exec(time)
  return match ? `${match[1] ?? ''}T${match[2] ?? ''}Z` : time
}
