import { BLANKS, skip } from '../../text/chars'

/** The block below a `data:` or `stringData:` key, from the key's line to the last line. */
export interface Block {
  start: number
  end: number
  column: number
  base64: boolean
  secret: boolean
}

/** A mapping being read. */
interface Mapping {
  column: number
  isSecret: boolean
  /** A SecretList, whose items need no kind. */
  isList: boolean
  /** Its own blocks, and the index of the first block inside it. */
  blocks: Block[]
  firstBlock: number
}

const kindLine = /^["']?kind["']?[ \t]*:[ \t]*["']?(Secret|SecretList)["']?[ \t]*(?:#.*)?$/
const dataLine = /^["']?(data|stringData)["']?[ \t]*:(?:[ \t]|$)/
const AT_ONCE = 2000
/** Deeper nesting is not a manifest. */
const DEEPEST = 64

/** The Secret blocks of a YAML text. Linear, except for the bounded depth of nesting. */
export function* findBlocks(text: string): Generator<void, Block[], void> {
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

  let count = 0
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    read(start, end)
    start = end + 1
    if (++count % AT_ONCE === 0) yield
  }
  close(-1)
  return blocks.filter((block) => block.secret)

  function read(start: number, end: number): void {
    const indent = skip(text, start, BLANKS, end) - start
    let at = start + indent
    while (text[at] === '-' && (text[at + 1] === ' ' || text[at + 1] === '\t') && at < end)
      at = skip(text, at + 1, BLANKS, end)
    const column = at - start
    const hasDash = column > indent
    if (at >= end && !hasDash) return
    if (indent === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(start, Math.min(end, start + 4)))) close(-1)
    // A dash starts a new item and ends the previous mapping.
    close(hasDash ? indent : column)
    for (let top = growing.at(-1); top && indent <= top.column; top = growing.at(-1)) growing.pop()
    for (const block of growing) block.end = end
    let mapping = open.at(-1)
    if (!mapping || mapping.column < column) {
      if (open.length >= DEEPEST) return
      mapping = { column, isSecret: false, isList: false, blocks: [], firstBlock: blocks.length }
      open.push(mapping)
    }
    const content = text.slice(at, Math.min(end, at + 200)).trimEnd()
    const kind = kindLine.exec(content)
    if (kind?.[1] === 'Secret') mapping.isSecret = true
    if (kind?.[1] === 'SecretList') mapping.isList = true
    const data = dataLine.exec(content)
    if (!data) return
    // Only a Secret has `stringData`.
    const isString = data[1] === 'stringData'
    const block: Block = { start, end, column, base64: !isString, secret: isString }
    blocks.push(block)
    mapping.blocks.push(block)
    growing.push(block)
  }
}
