import { toolDataSchema } from '#shared/result'
import type {
  ChainLink,
  Counts,
  Coverage,
  LogResult,
  ObjectResult,
  Section,
  TableResult,
  TextResult,
  ToolData,
} from '#shared/result'
import { cleanMessage } from './clean-message'
import { localized, type Localized } from '#shared/messages/message'
import { cleanText, cleanValue } from './clean-text'
import { NO_OUTPUT, type ParsedPart } from './parse/reading'
import { promiseOf } from '#shared/redact/key'
import { REDACTED } from '../redact/marker'
import { isCredential } from '../redact/values/taken'
import { cleanInSteps } from './clean-steps'
import type { Steps } from '#shared/steps'

/** A few milliseconds of work. */
const rowsAtOnce = 200

/** Columns of custom resources that contain the name of a Secret. */
const namesObject = /^(?:SECRETS?|CREDENTIALS?|AUTH)$/

/**
 * The only exit of this folder: removes hidden characters and then credentials from every text of a part, in this
 * order, since an invisible character inside a token hides it. Tables are cleaned cell by cell after parsing: cleaning
 * before would shift the columns.
 */
export function* cleanPart(part: ParsedPart): Steps<ParsedPart> {
  switch (part.kind) {
    case 'table':
      return yield* cleanTable(part)
    case 'log':
      return yield* cleanLog(part)
    case 'yaml':
      return { kind: part.kind, text: yield* cleanBody(part.text) }
    case 'text':
      return yield* cleanTextPart(part)
  }
}

/** The same for our own MCP server's data. */
export function* cleanData(data: ToolData): Steps<ToolData> {
  switch (data.kind) {
    case 'table':
      return yield* cleanTable(data)
    case 'log':
      return yield* cleanLog(data)
    case 'object':
      return yield* cleanObject(data)
    case 'text':
      return yield* cleanTextPart(data)
    // Cleans every text of a new kind that has no cleaner of its own.
    default:
      return toolDataSchema.parse(cleanValue(data))
  }
}

function* cleanTable<T extends TableResult>(part: T): Steps<T> {
  const { columns, reasons, localizedReasons, counts } = part
  const rows = yield* cleanRows(columns, part.rows)
  return {
    ...part,
    columns: columns.map(cleanCell),
    rows,
    ...(reasons && { reasons: yield* cleanReasons(reasons) }),
    ...(localizedReasons && { localizedReasons: yield* cleanLocalizedReasons(localizedReasons, reasons) }),
    ...(counts && { counts: counts.map(cleanCounts) }),
    ...cleanAbout(part),
  }
}

function* cleanLog<T extends LogResult>(part: T): Steps<T> {
  const { source, pod, namespace, container, state, others } = part
  return {
    ...part,
    // The page has its own words for an empty log.
    text: part.text === '' ? '' : yield* cleanBody(part.text),
    ...cleanCellsOf({ source, pod, namespace, container, state }),
    ...(others && {
      others: others.map((each) => ({ ...each, name: cleanCell(each.name), state: cleanCell(each.state) })),
    }),
    ...cleanAbout(part),
  }
}

function* cleanTextPart<T extends TextResult>(part: T): Steps<T> {
  return {
    ...part,
    text: yield* cleanBody(part.text),
    ...(part.params && { params: cleanParams(part.params) }),
    ...(part.localized && { localized: cleanLocalized(part.localized, part.text) }),
    ...cleanAbout(part),
  }
}

/** Keeps the translation data unless it reveals more than the clean text. */
function cleanLocalized(own: Localized, text: string): Localized {
  return localized(cleanMessage({ ...own, text }))
}

function* cleanObject<T extends ObjectResult>(part: T): Steps<T> {
  const { kind, apiVersion, name, namespace } = part.object
  const sections: Section[] = []
  for (const section of part.sections) sections.push(yield* cleanSection(section))
  return {
    ...part,
    object: { ...part.object, ...cleanCellsOf({ kind, apiVersion, name, namespace }) },
    sections,
    ...cleanCellsOf({ reason: part.reason }),
    ...(part.localizedReason && {
      localizedReason: cleanLocalized(part.localizedReason, part.reason ?? ''),
    }),
    ...(part.chain && { chain: part.chain.map(cleanLink) }),
    ...(part.yaml !== undefined && { yaml: yield* cleanBody(part.yaml) }),
    ...cleanAbout(part),
  }
}

function cleanLink(link: ChainLink): ChainLink {
  const { kind, apiVersion, name, namespace, reason } = link
  return {
    ...link,
    ...cleanCellsOf({ kind, apiVersion, name, namespace }),
    ...(reason && { reason: cleanMessage(reason) }),
  }
}

function* cleanSection(section: Section): Steps<Section> {
  const { title, columns, rows, text } = section
  const cleaned = rows && (yield* cleanRows(columns ?? [], rows))
  return {
    title: cleanCell(title),
    ...(columns && { columns: columns.map(cleanCell) }),
    ...(cleaned && { rows: cleaned.map((row) => withoutNamedValue(row)) }),
    ...(text !== undefined && { text: yield* cleanInSteps(text) }),
  }
}

/** In a section the first cell may be the key of the second: `DB_PASSWORD`, `hunter2`. */
function withoutNamedValue(row: string[]): string[] {
  const [name = '', value] = row
  if (value === undefined || promiseOf(name) === undefined) return row
  return isCredential(name, value) ? [name, REDACTED, ...row.slice(2)] : row
}

function* cleanRows(columns: string[], rows: string[][]): Steps<string[][]> {
  // Thousands of rows say `Running`: each text is cleaned once.
  const cleaned = new Map<string, string>()
  // `-o custom-columns=PASSWORD:…`: the heading is the key. A column SECRET contains names unless a cell looks
  // generated.
  const keys = columns.map((column) => (namesObject.test(column) ? column.toLowerCase() : column))
  const secret = keys.map((key) => promiseOf(key) !== undefined)
  const cleanRow = (row: string[]): string[] =>
    row.map((cell, index) =>
      secret[index] && isCredential(keys[index] ?? '', cell) ? REDACTED : (cleaned.get(cell) ?? cell),
    )
  const out: string[][] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    cleanCells(new Set(some.flat()), cleaned)
    for (const row of some) out.push(cleanRow(row))
    yield
  }
  return out
}

function* cleanReasons(reasons: Record<string, string>): Steps<Record<string, string>> {
  const indexes = Object.keys(reasons)
  const rows = yield* cleanRows(
    [],
    indexes.map((index) => [reasons[index] ?? '']),
  )
  return Object.fromEntries(indexes.map((index, at) => [index, rows[at]?.[0] ?? '']))
}

function* cleanLocalizedReasons(
  own: Record<string, Localized>,
  reasons: Record<string, string> = {},
): Steps<Record<string, Localized>> {
  const clean: Record<string, Localized> = {}
  for (const [index, each] of Object.entries(own)) {
    clean[index] = cleanLocalized(each, reasons[index] ?? '')
    yield
  }
  return clean
}

function cleanCounts({ by, values }: Counts): Counts {
  return { by: cleanCell(by), values: values.map(([value, number]) => [cleanCell(value), number]) }
}

function cleanAbout({ cluster, asOf, coverage }: Pick<TextResult, 'cluster' | 'asOf' | 'coverage'>) {
  return {
    ...(cluster && { cluster: { ...cluster, ...cleanCellsOf(cluster) } }),
    ...(asOf !== undefined && { asOf: cleanCell(asOf) }),
    ...(coverage && { coverage: cleanCoverage(coverage) }),
  }
}

function cleanCoverage(coverage: Coverage): Coverage {
  const { namespaces, unreadNamespaces, notes } = coverage
  return {
    ...coverage,
    ...(namespaces && { namespaces: namespaces.map(cleanCell) }),
    ...(unreadNamespaces && { unreadNamespaces: unreadNamespaces.map(cleanCell) }),
    notes: notes.map(cleanMessage),
  }
}

function cleanParams(params: NonNullable<TextResult['params']>): NonNullable<TextResult['params']> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? cleanCell(value) : value]),
  )
}

/** The clean texts of these fields; absent fields stay absent. */
function cleanCellsOf<K extends string>(fields: { [name in K]?: string | undefined }): { [name in K]?: string } {
  const clean: { [name in K]?: string } = {}
  for (const name in fields) {
    const text = fields[name]
    if (text !== undefined) clean[name] = cleanCell(text)
  }
  return clean
}

/** Adds each cell's clean text to `cleaned`. Most are harmless, which one check of all of them shows. */
function cleanCells(cells: Set<string>, cleaned: Map<string, string>): void {
  const fresh = [...cells].filter((cell) => !cleaned.has(cell))
  const all = fresh.join('\n')
  const isClean = cleanText(all) === all
  for (const cell of fresh) cleaned.set(cell, isClean && !cell.includes('\n') ? cell : cleanCell(cell))
}

function* cleanBody(text: string): Steps<string> {
  const clean = yield* cleanInSteps(text)
  return clean.trim() === '' ? NO_OUTPUT.text : clean
}

/** A cell stays on one line. */
function cleanCell(cell: string): string {
  const clean = cleanText(cell)
  if (!clean.includes('\n')) return clean
  const lines = clean.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ')
}
