/** Redacts `data` and `stringData` of Secrets in YAML text, line by line: a YAML parser takes seconds for a megabyte. */
import { parse } from 'yaml'
import { isRecord } from './is-record'
import { markerFor, REDACTED } from './marker'

/** The block under a `data:` or `stringData:` key: lines first..last, and the key's own line before them. */
interface Block {
  line: number
  last: number
  /** Column of the key. */
  column: number
  base64: boolean
  secret: boolean
}

/** One mapping that is being read. */
interface Mapping {
  column: number
  isSecret: boolean
  /** A SecretList, whose items need no kind of their own. */
  isList: boolean
  /** Its own blocks, and the index from which blocks are inside it. */
  blocks: Block[]
  firstBlock: number
}

/** `data: { a: b }` goes to a YAML parser; more of it, or longer, goes without its keys. */
const mostFlows = 100
const longestFlow = 20_000

const secretKind = /\bkind["']?[ \t]*:[ \t]*["']?Secret(?:List)?["']?[ \t]*(?:#.*|[\r,}].*)?$/m
const kindLine = /^["']?kind["']?[ \t]*:[ \t]*["']?(Secret|SecretList)["']?[ \t]*(?:#.*)?$/
const dataLine = /^["']?(data|stringData)["']?[ \t]*:(?:[ \t]+(.*))?$/
const entry = /^[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s:#'"][^:]{0,300}?))[ \t]*:(?:[ \t]+(.*))?$/

/**
 * Returns the text with the values of Secrets replaced by their sizes; keys stay. Knows Secrets at the top, in lists, in
 * a SecretList, in several documents and inside a block scalar of something else. Linear but for the depth of nesting.
 */
export function redactSecretYaml(text: string): string {
  if (!secretKind.test(text)) return text
  const lines = text.split('\n')
  const blocks = findBlocks(lines).filter((block) => block.secret)
  if (blocks.length === 0) return text
  const out: string[] = []
  let next = 0
  const flows = { left: mostFlows }
  for (const block of blocks) {
    if (block.line < next) continue
    for (; next < block.line; next++) out.push(lines[next] ?? '')
    // One by one: as arguments of one call, 125,000 lines would be too many.
    for (const line of redactBlock(lines.slice(block.line, block.last + 1), block, flows)) out.push(line)
    next = block.last + 1
  }
  for (; next < lines.length; next++) out.push(lines[next] ?? '')
  return out.join('\n')
}

function findBlocks(lines: string[]): Block[] {
  const blocks: Block[] = []
  const open: Mapping[] = []
  const growing: Block[] = []

  const close = (toColumn: number): void => {
    for (let top = open.at(-1); top && top.column > toColumn; top = open.at(-1)) {
      if (top.isSecret) for (const block of top.blocks) block.secret = true
      if (top.isList) for (const block of blocks.slice(top.firstBlock)) block.secret = true
      open.pop()
    }
  }

  lines.forEach((line, index) => {
    const [start = '', indent = '', dashes = ''] = /^([ \t]*)((?:-[ \t]+){0,32})/.exec(line) ?? []
    const content = line.slice(start.length).trimEnd()
    if (content === '' && dashes === '') return
    if (indent === '' && /^(?:---|\.\.\.)(?:\s|$)/.test(line)) close(-1)
    const column = indent.length + dashes.length
    // A dash begins a new item: the mapping of the one before ends.
    close(dashes ? indent.length : column)
    for (let top = growing.at(-1); top && indent.length <= top.column; top = growing.at(-1)) growing.pop()
    for (const block of growing) block.last = index
    let mapping = open.at(-1)
    if (!mapping || mapping.column < column) {
      mapping = { column, isSecret: false, isList: false, blocks: [], firstBlock: blocks.length }
      open.push(mapping)
    }
    const kind = kindLine.exec(content)
    if (kind?.[1] === 'Secret') mapping.isSecret = true
    if (kind?.[1] === 'SecretList') mapping.isList = true
    const data = dataLine.exec(content)
    if (!data) return
    const block: Block = { line: index, last: index, column, base64: data[1] === 'data', secret: false }
    blocks.push(block)
    mapping.blocks.push(block)
    growing.push(block)
  })
  close(-1)
  return blocks
}

/** The lines of one block, `data:` first, with every value replaced. What is no `key: value` is dropped. */
function redactBlock(lines: string[], { base64 }: Block, flows: { left: number }): string[] {
  const [head = '', ...body] = lines
  const colon = head.indexOf(':') + 1
  const inline = head.slice(colon).trim()
  if (/^(?:\{\}|null|~)$/.test(inline)) return lines
  if (inline && !inline.startsWith('#')) {
    return [`${head.slice(0, colon)} ${flows.left-- > 0 ? redactFlow([inline, ...body].join('\n'), base64) : REDACTED}`]
  }

  const out = [head]
  const column = (body.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '').search(/\S/)
  let current: { key: string; parts: string[] } | undefined
  const flush = (): void => {
    if (current) out.push(`${' '.repeat(column)}${current.key}: ${redactScalar(current.parts, base64)}`)
  }
  for (const line of body) {
    const match = line.search(/\S/) === column ? entry.exec(line) : null
    if (match) {
      flush()
      current = { key: match[1] ?? match[2] ?? match[3] ?? '', parts: [(match[4] ?? '').trim()] }
    } else if (current && line.trim() !== '') {
      current.parts.push(line.trim())
    }
  }
  flush()
  return out
}

/** One value: its first line after the colon and the lines that continue it. */
function redactScalar(parts: string[], base64: boolean): string {
  const first = (parts[0] ?? '').replace(/^!!?\w+\s+/, '')
  if (parts.length === 1) {
    const single = /^"([^"\\]*)"$|^'([^']*)'$|^([^"'|>&*{[!].*)$/.exec(first)
    const value = single?.[1] ?? single?.[2] ?? single?.[3]
    if (first === '' || first === '""' || first === "''") return '""'
    return value === undefined ? REDACTED : markerFor(value, base64)
  }
  // Line breaks do not count in base64, so that its size is known however it is folded.
  const rest = parts.slice(1).join('')
  if (!base64) return REDACTED
  return markerFor(/^[|>]/.test(first) ? rest : (first + rest).replace(/["']/g, ''), true)
}

/** `{ key: value }` on one line or several. */
function redactFlow(text: string, base64: boolean): string {
  if (text.length > longestFlow) return REDACTED
  try {
    const value: unknown = parse(text)
    if (!isRecord(value)) return REDACTED
    const pairs = Object.entries(value).map(([key, item]) => [key, markerFor(String(item), base64)])
    return JSON.stringify(Object.fromEntries(pairs))
  } catch {
    return REDACTED
  }
}
