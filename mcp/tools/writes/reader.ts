/** Reads the arguments of a writing tool leniently: accepts unambiguous forms and refuses all others. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { coerceArguments } from '../../changes/coerce'
import { KubeError } from '../../kubernetes/errors/errors'

/** Limit of a name or another short text, in characters. */
const MAX_TEXT = 1024

/** Words that models write for "nothing". */
const NOTHING = new Set(['', 'null', 'none', 'undefined', '<none>'])

/** Argument aliases; lower case, without `_` and `-`. */
const ALIASES: Record<string, string> = {
  kind: 'resource',
  type: 'resource',
  resourcetype: 'resource',
  resourcename: 'name',
  ns: 'namespace',
}

export class ArgumentReader {
  private readonly values = new Map<string, unknown>()

  /**
   * @param known names of the tool's arguments
   * @param aliases other names for them; lower case, without `_` and `-`
   * @throws KubeError `invalid-arguments` for an unknown or duplicate argument
   */
  constructor(
    private readonly tool: string,
    raw: unknown,
    known: readonly string[],
    aliases: Record<string, string> = {},
  ) {
    const ofAnyType = Object.fromEntries(known.map((name) => [name, {}]))
    const args = coerceArguments(raw, ofAnyType, [], { aliases: { ...ALIASES, ...aliases } })
    for (const [name, value] of Object.entries(args)) if (!isNothing(value)) this.values.set(name, value)
  }

  has(name: string): boolean {
    return this.values.has(name)
  }

  /** The raw value; undefined if absent. */
  value(name: string): unknown {
    return this.values.get(name)
  }

  /** @throws KubeError if it is absent */
  required(name: string): unknown {
    const value = this.values.get(name)
    if (value === undefined) throw invalid(name, msg('tool-needs-argument', { tool: this.tool, name }))
    return value
  }

  text(name: string): string | undefined {
    const value = this.values.get(name)
    return value === undefined ? undefined : readText(name, value)
  }

  /** A non-negative integer; undefined if absent. */
  count(name: string): number | undefined {
    const value = this.values.get(name)
    if (value === undefined) return undefined
    const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number
    throw invalid(name, msg('argument-not-whole', { name }))
  }

  boolean(name: string): boolean | undefined {
    const value = this.values.get(name)
    if (value === undefined) return undefined
    const word = typeof value === 'string' ? value.trim().toLowerCase() : value
    if (word === true || word === 'true' || word === 'yes' || word === 1 || word === '1') return true
    if (word === false || word === 'false' || word === 'no' || word === 0 || word === '0') return false
    throw invalid(name, msg('argument-not-boolean', { name }))
  }

  /** One of the words, in lower case. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const written = this.text(name)?.toLowerCase()
    if (written === undefined) return undefined
    const found = words.find((word) => word === written)
    if (found === undefined)
      throw invalid(name, msg('value-not-possible', { written: written.slice(0, 80), name, words: words.join(', ') }))
    return found
  }
}

export function invalid(argument: string, detail: Message): KubeError {
  return new KubeError('invalid-arguments', detail, { argument: argument.slice(0, 80) })
}

/** A short text in one line. Accepts a number, and a list of one text. */
export function readText(name: string, value: unknown): string {
  if (typeof value === 'string') return bounded(name, value.trim())
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (Array.isArray(value) && value.length === 1) return readText(name, value[0])
  throw invalid(name, msg('argument-not-text', { name }))
}

function bounded(name: string, text: string): string {
  if (text.length > MAX_TEXT) throw invalid(name, msg('argument-too-long', { name, most: MAX_TEXT }))
  if (/\p{Cc}/u.test(text)) throw invalid(name, msg('argument-controls', { name }))
  return text
}

/** Undefined if the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return NOTHING.has(value.trim().toLowerCase())
  return typeof value === 'object' && Object.keys(value).length === 0
}
