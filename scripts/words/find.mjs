/** Finds the phrases of the list in the parts of a file that people read. */
import ts from 'typescript'
import { RULES } from './list.mjs'

/** @typedef {{ line: number, found: string, instead: string }} Finding */

/**
 * Code is searched in its comments, the MCP program also in its sentences, a document outside its code blocks, any other
 * text in all of it.
 * @param {string} path decides how to read the text
 * @param {string} text
 * @returns {Finding[]} in the order of the rules
 */
export function findPhrases(path, text) {
  // Parsing is slow: most files hold none of the phrases anywhere.
  const plain = unwrapped(text)
  if (!RULES.some(({ phrase }) => plain.search(phrase) >= 0)) return []
  return readable(path, text).flatMap(({ start, text: part }) =>
    RULES.flatMap(({ phrase, instead }) =>
      [...part.matchAll(phrase)].map((match) => ({
        line: text.slice(0, start + match.index).split('\n').length,
        found: match[0].replace(/\s+/g, ' '),
        instead,
      })),
    ),
  )
}

/** @typedef {{ start: number, text: string }} Part */

/**
 * @param {string} path
 * @param {string} text
 * @returns {Part[]}
 */
function readable(path, text) {
  if (path.startsWith('mcp/')) return [...commentsOf(text), ...sentencesOf(text)]
  if (/\.[cm]?[jt]s$/.test(path)) return commentsOf(text)
  if (path.endsWith('.vue')) return commentsOfVue(text)
  if (path.endsWith('.md')) return [{ start: 0, text: withoutCode(text) }]
  return [{ start: 0, text }]
}

/**
 * @param {string} text
 * @returns {Part[]}
 */
function commentsOf(text) {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  /** @type {Map<number, ts.CommentRange>} by position: neighbouring nodes share comments */
  const ranges = new Map()
  /** @param {ts.Node} node */
  const visit = (node) => {
    const [before, after] = [
      ts.getLeadingCommentRanges(text, node.getFullStart()),
      ts.getTrailingCommentRanges(text, node.getEnd()),
    ]
    for (const range of [...(before ?? []), ...(after ?? [])]) ranges.set(range.pos, range)
    for (const child of node.getChildren(file)) if (!ts.isJSDoc(child)) visit(child)
  }
  visit(file)
  /** @type {Part[]} */
  const parts = []
  for (const { pos, end } of [...ranges.values()].sort((one, other) => one.pos - other.pos)) {
    const last = parts.at(-1)
    // Neighbouring line comments are one text.
    const isNext = last && text.slice(last.start + last.text.length, pos).trim() === ''
    if (isNext) parts.pop()
    const start = isNext ? last.start : pos
    parts.push({ start, text: unwrapped(text.slice(start, end)) })
  }
  return parts
}

/**
 * String literals of several words.
 * @param {string} text
 * @returns {Part[]}
 */
function sentencesOf(text) {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  /** @type {Part[]} */
  const parts = []
  /** @param {ts.Node} node */
  const visit = (node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)
    if (isText && node.text.includes(' ')) parts.push({ start: node.getStart(file), text: node.getText(file) })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return parts
}

/**
 * @param {string} text
 * @returns {Part[]}
 */
function commentsOfVue(text) {
  const scripts = [...text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)].flatMap(
    ({ index, 1: tag = '', 2: code = '' }) =>
      commentsOf(code).map((part) => ({ ...part, start: part.start + index + tag.length })),
  )
  return [
    ...scripts,
    ...[...text.matchAll(/<!--[\s\S]*?-->/g)].map(({ index, 0: part }) => ({ start: index, text: part })),
  ]
}

/**
 * Removes the asterisks and slashes at line starts, so that a phrase may continue on the next line. Keeps positions.
 * @param {string} comment
 */
function unwrapped(comment) {
  return comment.replace(/^\s*(?:\*(?!\/)|\/\/)/gm, (mark) => mark.replace(/[*/]/g, ' '))
}

/**
 * Blanks out code. Keeps positions.
 * @param {string} document
 */
function withoutCode(document) {
  return document.replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, (code) => code.replace(/[^\n]/g, ' '))
}
