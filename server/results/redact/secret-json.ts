/** Redacts `data` and `stringData` of Secrets in JSON that stands in a text: a log line, an annotation, a broken answer. */
import { markerFor, REDACTED } from './marker'
import { readQuoted } from './quoted'
import { skipBlank } from './scan'
import { Splice } from './splice'

const secretKind = /kind\\*"\s*:\s*\\*"Secret(?:List)?\\*"/
const map = /"(data|stringData)\\*"\s*:\s*\{/g

/**
 * Where the text names a Secret in JSON, every flat map called `data` or `stringData` in it is redacted: whose it is
 * cannot be told without the whole object, and a ConfigMap too many is the smaller mistake. Linear.
 */
export function redactSecretJson(text: string): string {
  if (!secretKind.test(text)) return text
  const out = new Splice(text)
  map.lastIndex = 0
  for (let match = map.exec(text); match; match = map.exec(text)) {
    map.lastIndex = redactMap(text, map.lastIndex, match[1] === 'data', out)
  }
  return out.toString()
}

/** Redacts the strings of the map that begins after `at`; returns where reading stopped. */
function redactMap(text: string, at: number, base64: boolean, out: Splice): number {
  for (;;) {
    const start = skipBlank(text, at)
    const key = readQuoted(text, text[start] === ',' ? skipBlank(text, start + 1) : start)
    if (!key) return start
    const colon = skipBlank(text, key.after)
    if (text[colon] !== ':') return key.after
    const value = readQuoted(text, skipBlank(text, colon + 1))
    if (!value) return colon
    const content = text.slice(value.start, value.end)
    const marker = content.includes('\\') ? REDACTED : markerFor(content, base64)
    if (content !== '') out.replace(value.start, value.end, marker)
    at = value.after
  }
}
