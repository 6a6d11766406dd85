/** Splits a manifest into documents as kubectl does: at each line that begins with `---`. */
import { msg } from '../../../shared/messages/create'
import { MAX_CHARS } from './limits'
import { refusal } from './refusal'

export interface DocumentText {
  text: string
  /** Number of its first line in the manifest, from 1. */
  line: number
}

/**
 * Characters that YAML forbids, and YAML 1.1 line breaks that other readers treat as plain characters: only Kubernetes
 * would end a comment there.
 */
const ODD_CHARACTER = /(?![\t\n])\p{Cc}|[\p{Zl}\p{Zp}\ufeff\ufffe\uffff]|\p{Cs}/u

/**
 * @param text YAML without a byte order mark
 * @throws KubeError `invalid-arguments`
 */
export function splitDocuments(text: string): DocumentText[] {
  const lines = text.split(/\r?\n/)
  lines.forEach((line, index) => checkLine(line, index + 1))
  const documents: DocumentText[] = []
  let first = 0
  lines.forEach((line, index) => {
    if (!line.startsWith('---')) return
    documents.push({ text: lines.slice(first, index).join('\n') + '\n', line: first + 1 })
    first = index + 1
  })
  // kubectl also adds a final line feed, which matters in a block scalar.
  documents.push({
    text: lines
      .slice(first)
      .join('\n')
      .replace(/(?<!\n)$/, '\n'),
    line: first + 1,
  })
  return documents.filter(({ text: each }) => each.trim() !== '')
}

function checkLine(line: string, number: number): void {
  const [odd] = ODD_CHARACTER.exec(line) ?? []
  if (odd !== undefined) {
    const code = `U+${(odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    throw refusal('character', number, msg('manifest-character', { code }), {
      character: code,
    })
  }
  if (line.startsWith('---') && !/^---(?:[ \t]+(?:#.*)?)?$/.test(line))
    throw refusal('separator', number, msg('manifest-after-marker'))
  if (line.startsWith('%')) throw refusal('directive', number, msg('manifest-directives'))
  if (line.startsWith('```')) throw refusal('code-fence', number, msg('manifest-fence'))
}

/** @throws KubeError `invalid-arguments` */
export function checkLength(text: string): void {
  if (text.length > MAX_CHARS)
    throw refusal('too-long', undefined, msg('manifest-too-long', { size: MAX_CHARS / 1024 }))
}
