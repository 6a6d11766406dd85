/** Refuses anchors, aliases, tags, and text that YAML 1.2 (our parser) and 1.1 (Kubernetes) tokenize differently. */
import { msg } from '../../../shared/messages/create'
import { CST, Lexer } from 'yaml'
import { MAX_DEPTH } from './limits'
import { refusal, tooDeep } from './refusal'

/**
 * @param text one document
 * @param firstLine its first line in the manifest
 * @throws KubeError `invalid-arguments`
 */
export function checkTokens(text: string, firstLine: number): void {
  let line = firstLine
  let flow = 0
  let before = ''
  let header = ''
  /** Only blank lines since a block with explicit indentation. */
  let isAfterIndented = false
  let isText = false
  let isLineBegin = true
  for (const token of new Lexer().lex(text)) {
    const type = isText ? 'text' : CST.tokenType(token)
    if (type === 'scalar') {
      // The next token is the text itself, plain or block.
      isText = true
      if (before === ':') throw colon(line)
      continue
    }
    isText = false
    if (type === 'anchor') throw refusal('anchor', line, msg('manifest-anchors'))
    if (type === 'alias') throw refusal('alias', line, msg('manifest-aliases'))
    if (type === 'tag') throw refusal('tag', line, msg('manifest-tags'))
    if (type === 'text' && header !== '') checkBlock(token, line)
    if (before === ':' && !FOLLOWS_COLON.has(type ?? '')) throw colon(line)
    if (type === 'space' && token.includes('\t')) throw tab(line)
    if (type === 'text' && flow > 0 && /^:|\?/.test(token))
      throw refusal('syntax', line, msg('manifest-unquoted-brackets'))
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow++
    if (flow > MAX_DEPTH) throw tooDeep(line)
    if (type === 'flow-map-end' || type === 'flow-seq-end') flow--
    if (type === 'explicit-key-ind') throw refusal('key', line, msg('manifest-question-key'))
    if (type === 'map-value-ind' && isLineBegin) throw refusal('syntax', line, msg('manifest-colon-line'))
    isLineBegin = type === 'newline' || (isLineBegin && type === 'space')
    if (type === 'newline' && before === 'space' && isAfterIndented) throw spaces(line)
    if (type !== 'newline' && type !== 'space') isAfterIndented = type === 'text' && /[1-9]/.test(header)
    if (type === 'block-scalar-header') header = token
    else if (type === 'text') header = ''
    // `{"a":1}` is JSON, which both read alike.
    before = type === 'map-value-ind' && !QUOTED.has(before) ? ':' : (type ?? '')
    line += token.split('\n').length - 1
  }
  if (before === 'space' && isAfterIndented) throw spaces(line)
}

function checkBlock(text: string, line: number): void {
  if (text.includes(' ') && text.trim() === '') throw spaces(line)
  const [blank] = /^(?: *\n)*/.exec(text) ?? ['']
  if (/^ *\t/.test(text.slice(blank.length))) throw tab(line + blank.split('\n').length - 1)
}

const FOLLOWS_COLON = new Set(['space', 'newline', 'comment'])
const QUOTED = new Set(['single-quoted-scalar', 'double-quoted-scalar'])

function colon(line: number) {
  return refusal('syntax', line, msg('manifest-colon-space'))
}

function spaces(line: number) {
  return refusal('syntax', line, msg('manifest-block-end'))
}

function tab(line: number) {
  return refusal('tab', line, msg('manifest-tabs'))
}
