import type { Detector } from '../../detector'
import { markerFor, REDACTED } from '../../marker'
import type { Spans } from '../../spans'
import { skipBlank } from '../../text/chars'
import { LastRead } from '../../text/last-read'
import { readQuoted } from '../../text/quoted'

/** So many values are read in one step. */
const AT_ONCE = 2000
const secretKind = /kind\\*"\s{0,64}:\s{0,64}\\*"Secret(?:List)?\\*"/
const opening = /"(data|stringData)\\*"\s{0,64}:\s{0,64}\{/y

/**
 * `data` and `stringData` of Secrets in JSON. If the text names a Secret, every flat map called `data` is redacted: its
 * owner is unknown without the whole object, and hiding a ConfigMap is the smaller mistake.
 */
export const secretJson: Detector = {
  name: 'secret json',
  trigger: { kind: 'words', words: ['"data', '"stringdata'] },
  redact(text, hit, out) {
    opening.lastIndex = hit.start
    const name = opening.exec(text)?.[1]
    if (name === undefined || !(name === 'stringData' || namesSecret(text))) return hit.end
    return redactMap(text, opening.lastIndex, name === 'data', out)
  },
  samples: {
    gone: [
      ['{"kind":"Secret","data":{"a":"aHVudGVyMg=="}}', 'aHVudGVyMg=='],
      [String.raw`{"msg":"{\"data\":{\"a\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}"}`, 'aHVudGVyMg=='],
      ['{"stringData":{"a":"hunter2"}}', 'hunter2'],
    ],
    kept: [
      '{"kind":"ConfigMap","data":{"a":"plain"}}',
      '{"kind":"Secret","metadata":{"name":"data"}}',
      '{"kind":"Secret","data":{}}',
    ],
  },
}

const lastNames = new LastRead<boolean>()

function namesSecret(text: string): boolean {
  return lastNames.of(text) ?? lastNames.keep(text, secretKind.test(text))
}

/** Redacts the strings of the map after `at`; returns where reading stopped. */
function* redactMap(text: string, from: number, base64: boolean, out: Spans): Generator<void, number, void> {
  let count = 0
  for (let at = from; ;) {
    if (++count % AT_ONCE === 0) yield
    const start = skipBlank(text, at)
    const key = readQuoted(text, text[start] === ',' ? skipBlank(text, start + 1) : start)
    if (!key) return Math.max(start, from)
    const colon = skipBlank(text, key.after)
    if (text[colon] !== ':') return key.after
    const value = readQuoted(text, skipBlank(text, colon + 1))
    if (!value) return colon
    const content = text.slice(value.start, value.end)
    if (content !== '' && !/^\{\{[^{}]*\}\}$/.test(content))
      out.addFinal(value.start, value.end, content.includes('\\') ? REDACTED : markerFor(content, base64))
    at = value.after
  }
}
