/**
 * Splits a growing Markdown text into top-level blocks and reparses only the end. Rendering everything at each token
 * would take minutes for a long answer; this takes two seconds.
 */
import { parseMarkdown, renderTokens, type Env, type Token } from './markdown'
import type { SafeHtml } from './safeHtml'

export type MarkdownBlock =
  | { kind: 'html'; html: SafeHtml }
  /** A fenced block; `closed` once it is complete and worth highlighting. */
  | { kind: 'code'; language: string; text: string; closed: boolean }

interface Parsed {
  block: MarkdownBlock
  /** First line of the block, relative to the start of parsing. */
  line: number
}

function isClosed(token: Token, lines: readonly string[]): boolean {
  const end = token.map?.[1] ?? 0
  const last = lines[end - 1]?.trim() ?? ''
  return end - 1 > (token.map?.[0] ?? 0) && last.startsWith(token.markup) && /^([`~])\1*$/.test(last)
}

function toBlock(tokens: Token[], lines: readonly string[], env: Env): MarkdownBlock {
  const [token] = tokens
  if (tokens.length === 1 && token && (token.type === 'fence' || token.type === 'code_block')) {
    const language = token.info.trim().split(/\s+/)[0] ?? ''
    return { kind: 'code', language, text: token.content.replace(/\n$/, ''), closed: isClosed(token, lines) }
  }
  return { kind: 'html', html: renderTokens(tokens, env) }
}

function parse(text: string, env: Env): Parsed[] {
  const lines = text.split('\n')
  const parsed: Parsed[] = []
  let block: Token[] = []
  for (const token of parseMarkdown(text, env)) {
    block.push(token)
    if (token.level !== 0 || token.nesting === 1) continue
    parsed.push({ block: toBlock(block, lines, env), line: block[0]?.map?.[0] ?? 0 })
    block = []
  }
  return parsed
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0
  for (let passed = 0; passed < line; passed++) offset = text.indexOf('\n', offset) + 1
  return offset
}

/** @returns a function from the whole current text to its blocks. A finished block is the same object as before. */
export function createBlockParser(): (text: string) => readonly MarkdownBlock[] {
  let source = ''
  let finished: MarkdownBlock[] = []
  /** Offset in `source` of the text after `finished`. */
  let rest = 0
  let env: Env = {}

  return (text) => {
    const next = text.replace(/\r\n?/g, '\n')
    if (!next.startsWith(source)) {
      finished = []
      rest = 0
      env = {}
    }
    source = next
    const tail = source.slice(rest)
    const parsed = parse(tail, env)
    const blocks = parsed.map(({ block }) => block)
    const shown = [...finished, ...blocks]
    // Keeps the last two blocks open: an unfinished line may change, e.g. the paragraph `2` becomes the list item `2.`.
    const open = parsed.at(-2)
    if (open && parsed.length > 2) {
      finished = [...finished, ...blocks.slice(0, -2)]
      rest += offsetOfLine(tail, open.line)
    }
    return shown
  }
}
