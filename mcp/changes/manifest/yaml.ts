/** Parses one YAML document to JSON. Refuses, with the line, anything that YAML readers disagree on. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { isMap, isNode, isScalar, isSeq, LineCounter, Parser, Composer } from 'yaml'
import type { Document, Scalar as ScalarNode, YAMLError, YAMLMap, YAMLSeq } from 'yaml'
import type { Path, ReadDocument, Surprise } from './document'
import type { DocumentText } from './documents'
import { FORBIDDEN_KEY, MAX_DEPTH } from './limits'
import { refusal, shown, tooDeep } from './refusal'
import { checkTokens } from './tokens'
import { isSurprising, readScalar, type Scalar } from './scalar'

/**
 * @returns undefined for a document without content
 * @throws KubeError `invalid-arguments`
 */
export function readYaml({ text, line: firstLine }: DocumentText): ReadDocument | undefined {
  checkTokens(text, firstLine)
  const counter = new LineCounter()
  // A missing end is reported on the last line.
  const end = text.trimEnd().length
  const lineAt = (offset: number) => firstLine + Math.max(0, counter.linePos(Math.min(offset, end)).line - 1)
  const document = compose(text, counter, lineAt)
  if (!document) return undefined
  const reader = new NodeReader(lineAt)
  const value = reader.read(document.contents, [])
  if (value === null) return undefined
  return { value, surprises: reader.surprises, lineOf: (path) => lineOfPath(document, path, lineAt) }
}

type LineAt = (offset: number) => number

function compose(text: string, counter: LineCounter, lineAt: LineAt): Document.Parsed | undefined {
  try {
    // The composer keeps all scalars as text; readScalar() interprets them.
    const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, merge: false, keepSourceTokens: true })
    const tokens = new Parser(counter.addNewLine).parse(text)
    const [document, another] = [...composer.compose(tokens)]
    const [problem] = document ? [...document.errors, ...document.warnings] : []
    if (problem) throw syntax(problem, lineAt)
    if (another) throw refusal('several-documents', lineAt(another.range[0]), msg('manifest-next-document'))
    return document
  } catch (error) {
    // The library recurses and only fails this way on excessive nesting.
    if (error instanceof RangeError) throw tooDeep(lineAt(0))
    throw error
  }
}

/** The library's messages may quote the text, which may hold secrets. */
const WORDS: Partial<Record<YAMLError['code'], Message>> = {
  BAD_DQ_ESCAPE: msg('manifest-bad-escape'),
  BAD_INDENT: msg('manifest-bad-indent'),
  BAD_SCALAR_START: msg('manifest-scalar-start'),
  MISSING_CHAR: msg('manifest-missing-sign'),
  MULTILINE_IMPLICIT_KEY: msg('manifest-key-or-colon'),
  TAB_AS_INDENT: msg('manifest-tab-indent'),
}

function syntax({ code, pos: [offset] }: YAMLError, lineAt: LineAt) {
  const words = WORDS[code] ?? msg('manifest-not-yaml')
  return refusal('syntax', lineAt(offset), words, { code })
}

function lineOfPath(document: Document.Parsed, path: Path, lineAt: LineAt): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lineAt(node.range[0])
  }
  return lineAt(document.contents?.range?.[0] ?? 0)
}

class NodeReader {
  readonly surprises: Surprise[] = []

  constructor(private readonly lineAt: LineAt) {}

  read(node: unknown, path: Path): unknown {
    if (node === null || node === undefined) return null
    const line = this.lineOf(node)
    if (path.length > MAX_DEPTH) throw tooDeep(line)
    if (isMap(node)) return this.readMap(node, path)
    if (isSeq(node)) return this.readSeq(node, path)
    if (isScalar(node)) return this.readScalar(node, path, false)
    throw refusal('syntax', line, msg('manifest-not-yaml'))
  }

  private lineOf(node: unknown): number {
    return this.lineAt(isNode(node) ? (node.range?.[0] ?? 0) : 0)
  }

  private readSeq({ items }: YAMLSeq, path: Path): unknown[] {
    return items.map((item, index) => this.read(item, [...path, index]))
  }

  private readMap({ items }: YAMLMap, path: Path): Record<string, unknown> {
    const seen = new Set<string>()
    const entries = items.map(({ key, value }): [string, unknown] => {
      const name = this.readKey(key, path)
      if (seen.has(name))
        throw refusal('duplicate-key', this.lineOf(key), msg('manifest-field-twice', { name: shown(name) }))
      seen.add(name)
      return [name, this.read(value, [...path, name])]
    })
    return Object.fromEntries(entries)
  }

  private readKey(node: unknown, path: Path): string {
    const line = this.lineOf(node)
    if (!isScalar(node)) throw refusal('key', line, msg('manifest-key-text'))
    if (node.type === 'PLAIN' && node.source === '<<') throw refusal('merge-key', line, msg('manifest-merge-keys'))
    if (node.srcToken && 'source' in node.srcToken && node.srcToken.source.includes('\n'))
      throw refusal('key', line, msg('manifest-key-line'))
    const key = this.readScalar(node, path, true)
    if (key === null || (typeof key === 'number' && !Number.isInteger(key)))
      throw refusal('key', line, msg('manifest-key-quotes'))
    const name = String(key)
    if (name === FORBIDDEN_KEY) throw refusal('key', line, msg('manifest-forbidden-key', { key: FORBIDDEN_KEY }))
    return name
  }

  private readScalar(node: ScalarNode, path: Path, isKey: boolean): Scalar {
    const line = this.lineOf(node)
    const text = typeof node.value === 'string' ? node.value : ''
    if (node.type !== 'PLAIN') {
      this.checkEscapes(node, line)
      return text
    }
    const written = node.source ?? ''
    const reading = readScalar(written)
    if ('problem' in reading) throw numberRefusal(reading.problem, written, line)
    const { value } = reading
    if ((typeof value === 'number' || typeof value === 'boolean') && isSurprising(written, value))
      this.surprises.push({ path, written, read: value, line, isKey })
    return value
  }

  private checkEscapes({ type, srcToken }: ScalarNode, line: number): void {
    if (type !== 'QUOTE_DOUBLE' || srcToken === undefined || !('source' in srcToken)) return
    for (const [escape] of srcToken.source.matchAll(ESCAPE)) {
      const words = ODD_ESCAPES.find(([form]) => form.test(escape))?.[1]
      if (words !== undefined) throw refusal('escape', line, words)
    }
  }
}

/** Includes the lines after an escaped line break. */
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|\n\s*|[^])/g

/** Escapes that our parser accepts but Kubernetes refuses or reads differently. */
const ODD_ESCAPES: [RegExp, Message][] = [
  [/^\\\//, msg('manifest-escape-slash')],
  [/^\\u[dD][89a-fA-F]/, msg('manifest-half-character')],
  [/^\\\n[ \t]*\n/, msg('manifest-escape-line')],
]

/** @param written the number as written in the manifest */
export function numberRefusal(problem: 'not-a-number' | 'too-large' | 'too-small', written: string, line?: number) {
  const number = shown(written)
  switch (problem) {
    case 'not-a-number':
      return refusal('number', line, msg('manifest-not-a-number', { number }), { number })
    case 'too-large':
      return refusal('number', line, msg('manifest-number-large', { number }), {
        number,
      })
    case 'too-small':
      return refusal('number', line, msg('manifest-number-small', { number }), {
        number,
      })
  }
}
