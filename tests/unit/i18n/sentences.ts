/** Finds English sentences in source files: in strings of scripts, and in what a template shows. */
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'
import { isRecord, listAt, numberAt, textAt } from '../../../shared/kubernetes/fields'

export interface Found {
  line: number
  text: string
}

const STOP =
  /\b(?:the|a|an|is|are|was|were|be|been|of|to|in|on|for|with|not|no|and|or|it|its|that|this|which|has|have|by|from|at|as|than|only|more|may|must|cannot|after|before|until|there|none|all|does)\b/i
const WORD = /^["'(]?[A-Za-z’']+[.,;:!?)"']*$/

/** Three words, one of them such as every English sentence has. */
function isSentence(text: string): boolean {
  return text.split(/\s+/).filter((word) => WORD.test(word)).length >= 3 && STOP.test(text)
}

export function sentencesIn(path: string, source: string): Found[] {
  return path.endsWith('.vue') ? ofComponent(source) : ofScript(source)
}

function ofComponent(source: string): Found[] {
  const { descriptor } = parse(source)
  const scripts = [descriptor.script, descriptor.scriptSetup].flatMap((block) =>
    block ? ofScript(block.content).map(({ line, text }) => ({ line: line + block.loc.start.line - 1, text })) : [],
  )
  return [...scripts, ...ofTemplate(descriptor.template?.ast)]
}

/** Attributes that a person sees or hears. */
const SHOWN = /^(?:label|title|placeholder|alt|description|caption|text|aria-(?:label|description|roledescription))$/
/** Of the compiler's tree; its package is not ours to import. */
const TEXT = 2
const EXPRESSION = 4
const ATTRIBUTE = 6

function ofTemplate(node: unknown): Found[] {
  if (!isRecord(node)) return []
  const line = numberAt(node, 'loc', 'start', 'line') ?? 0
  const content = textAt(node, 'content') ?? ''
  switch (node['type']) {
    case TEXT:
      return hasWord(content) ? [{ line, text: content.trim() }] : []
    case EXPRESSION:
      return ofScript(`(${content})`).map((found) => ({ ...found, line }))
    case ATTRIBUTE: {
      const value = textAt(node, 'value', 'content') ?? ''
      return SHOWN.test(textAt(node, 'name') ?? '') && hasWord(value) ? [{ line, text: value }] : []
    }
    default:
      return [...listAt(node, 'children'), ...listAt(node, 'props'), node['content'], node['exp']].flatMap(ofTemplate)
  }
}

/** In a template each word is shown, not only whole sentences. An abbreviation such as CSV is the same everywhere. */
function hasWord(text: string): boolean {
  return /[A-Za-z][a-z]{2}/.test(text)
}

function ofScript(source: string): Found[] {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true)
  const found: Found[] = []
  const visit = (node: ts.Node) => {
    const text = textOf(node)
    if (text !== undefined && isSentence(text) && !isElsewhere(node))
      found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}

/** The log, the descriptions of tools for the model, and errors that tell a programmer of a mistake. */
function isElsewhere(node: ts.Node): boolean {
  for (let parent = node.parent; !ts.isSourceFile(parent) && !ts.isFunctionLike(parent); parent = parent.parent) {
    if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true
    if (ts.isCallExpression(parent) && LOGS.test(parent.expression.getText())) return true
    if (ts.isNewExpression(parent) && PROGRAMMERS.test(parent.expression.getText())) return true
    if (ts.isPropertyAssignment(parent) && parent.name.getText() === 'description') return true
  }
  return false
}

const LOGS = /(?:^|\.)log\??\.(?:trace|debug|info|warn|error|fatal)$|(?:^|\.)(?:describedText|describe)$/
const PROGRAMMERS = /^(?:Error|TypeError|RangeError|FeedBrokenError)$/
