/** Reads live objects through whichever MCP server is connected. */
import { parse } from 'yaml'
import type { PreviewNote } from '#shared/preview-note'
import { presentResultNow } from '../results'
import type { RawToolResult } from '../results/types'
import type { Toolbox } from '../mcp/types'
import { isRecord } from './fields'
import { describeRef, isClusterWide, kubectlType } from './kinds'
import { brokenName, brokenRef, brokenSelector, brokenType } from './names'
import type { Broken } from './names'
import { note } from './note'
import type { KubernetesObject, ObjectRef, ResourceType } from './types'

export type Read =
  | { state: 'found'; object: KubernetesObject }
  | { state: 'missing' }
  /** `note` says why. */
  | { state: 'unreadable'; note: PreviewNote }

export interface ListQuery {
  type: ResourceType
  /** All namespaces where absent. */
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
}

export interface Row {
  name: string
  namespace?: string
}
export type Listed =
  | { state: 'found'; rows: Row[] }
  /** `words` are the word that is no kind, namespace or selector, or those with which the list was refused. */
  | { state: 'unreadable'; why: 'kind' | 'namespace' | 'selector' | 'refused'; words: string }
  | { state: 'unreadable'; why: 'no-tool' | 'no-table'; words?: undefined }

export interface Reader {
  get: (ref: ObjectRef) => Promise<Read>
  list: (query: ListQuery) => Promise<Listed>
  /** Of mcp-server-kubernetes alone: the objects themselves. */
  listObjects: (query: ListQuery) => Promise<KubernetesObject[] | undefined>
}

/** What is larger takes the YAML parser seconds, in which nobody else is answered. In characters. */
const MOST_CHARS = 400_000
/** A preview waits no longer for one read. */
const READ_MS = 15_000

export function createReader(toolbox: Toolbox, signal: AbortSignal): Reader {
  const has = (name: string): boolean => toolbox.tools().some((tool) => tool.name === name)
  const call = (tool: string, args: Record<string, unknown>): Promise<RawToolResult> =>
    toolbox.call(tool, args, { signal, timeoutMs: READ_MS })

  const listCall = ({ type, ...query }: ListQuery, output: string): [string, Record<string, unknown>] | undefined => {
    if ('kind' in type && has('resources_list')) return ['resources_list', { ...type, ...query }]
    if (!has('kubectl_get')) return undefined
    const scope = query.namespace === undefined && !isClusterWide(type) ? { allNamespaces: true } : {}
    return ['kubectl_get', { resourceType: kubectlType(type), output, ...query, ...scope }]
  }

  return {
    async get(ref) {
      const broken = brokenRef(ref)
      if (broken) return { state: 'unreadable', note: note(`bad-${broken.what}`, { word: broken.word }) }
      const { type, ...where } = ref
      if ('kind' in type && has('resources_get'))
        return readObject(ref, await call('resources_get', { ...type, ...where }))
      if (!has('kubectl_get')) return { state: 'unreadable', note: note('no-read-tool', { object: describeRef(ref) }) }
      return readObject(ref, await call('kubectl_get', { resourceType: kubectlType(type), ...where, output: 'json' }))
    },

    async list(query) {
      const broken = brokenQuery(query)
      if (broken) return { state: 'unreadable', why: broken.what, words: broken.word }
      const made = listCall(query, 'wide')
      if (!made) return { state: 'unreadable', why: 'no-tool' }
      const [tool, args] = made
      return readRows(tool, args, await call(tool, args))
    },

    async listObjects(query) {
      const made = brokenQuery(query) === undefined && has('kubectl_get') ? listCall(query, 'yaml') : undefined
      if (made?.[0] !== 'kubectl_get') return undefined
      const object = objectOf(await call(...made))
      return Array.isArray(object?.items) ? object.items.filter(isRecord) : undefined
    },
  }
}

function brokenQuery(query: ListQuery): Broken<'kind' | 'namespace' | 'selector'> | undefined {
  return (
    brokenType(query.type) ??
    brokenName('namespace', query.namespace) ??
    brokenSelector(query.labelSelector) ??
    brokenSelector(query.fieldSelector)
  )
}

function readObject(ref: ObjectRef, raw: RawToolResult): Read {
  const object = objectOf(raw)
  if (object) return { state: 'found', object }
  if (raw.isError && isNotFound(raw.texts.join('\n'))) return { state: 'missing' }
  const [named, size] = [describeRef(ref), raw.texts.join('').length]
  const isLarge = !raw.isError && size > MOST_CHARS
  return {
    state: 'unreadable',
    note: isLarge
      ? note('unreadable-large', { object: named, size: Math.round(size / 1024) })
      : note('unreadable', { object: named, words: wordsOf(raw) }),
  }
}

/** The object that a result holds: as data, as JSON or as YAML. */
export function objectOf(raw: RawToolResult): KubernetesObject | undefined {
  const text = raw.texts.join('\n')
  if (raw.isError || text.length > MOST_CHARS) return undefined
  if (isRecord(raw.structuredContent) && 'kind' in raw.structuredContent) return raw.structuredContent
  try {
    const value: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text)
    return isRecord(value) && typeof value.kind === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** kubectl says `(NotFound)`, both servers `not found`; an unknown kind is something else. */
function isNotFound(text: string): boolean {
  return /not[ _]?found\b/i.test(text) && !/no matches for kind|resource type|the server could not find/i.test(text)
}

function readRows(tool: string, args: Record<string, unknown>, raw: RawToolResult): Listed {
  const { status, forPerson } = presentResultNow({ tool, arguments: args, raw, maxChars: 1000 })
  if (status === 'ok' && forPerson.kind === 'table') {
    const [name, namespace] = [forPerson.columns.indexOf('NAME'), forPerson.columns.indexOf('NAMESPACE')]
    const rows = forPerson.rows.map((row) => ({ name: row[name] ?? '', namespace: row[namespace] ?? '' }))
    if (name >= 0)
      return { state: 'found', rows: rows.map(({ name, namespace }) => ({ name, ...(namespace && { namespace }) })) }
  }
  if (status === 'ok' && /^\s*(?:No resources found.*)?\s*$/.test(raw.texts.join('\n')))
    return { state: 'found', rows: [] }
  if (status === 'ok') return { state: 'unreadable', why: 'no-table' }
  return { state: 'unreadable', why: 'refused', words: wordsOf(raw) }
}

/** What a result that failed says, redacted, on one line: without kubectl's command line and the objects it quotes. */
export function wordsOf(raw: RawToolResult): string {
  const texts = raw.texts.map((text) =>
    text.replace(/^.*Command failed: [^\n]*\n?/, '').replace(/"(?:[^"\\]|\\.){120,}(?:"|$)/g, '"…"'),
  )
  const shown = presentResultNow({ tool: '', arguments: {}, raw: { isError: true, texts }, maxChars: 1000 }).forPerson
  const words = 'text' in shown ? shown.text.replace(/\s+/g, ' ').trim() : ''
  return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS - 1)}…` : words
}

const LONGEST_WORDS = 400
