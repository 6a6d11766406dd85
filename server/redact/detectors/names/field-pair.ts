import { promiseOf } from '#shared/redact/key'
import type { Detector } from '../../detector'
import type { Spans } from '../../spans'
import type { KeyAt } from '../../text/key-at'
import { columnAtLineStart, endOfDeeperLines, lineEnd } from '../../text/lines'
import { readQuoted } from '../../text/quoted'
import { wordAt } from '../../text/words'
import { isTaken } from '../../values/taken'
import { atNames } from './named'

/** Maximum distance between the two fields. */
const FARTHEST = 400
/** Begins or ends an object, or ends an element. */
const SIGN = /[{}>]/
const nameBefore =
  /(?:^|[\s{,<"'\\([])(?:name|key|field|variable|env|id|property|param|parameter|option|setting|title|label|k)(?:\\*["'])?[ \t]{0,16}(?::|=>?)[ \t]{0,16}\\*["']?$/i
const valueName =
  /(?:^|[\s{,<"'\\([])(?:value|val|v|default|defaultvalue|default_value|content|plaintext|stringvalue|literal|current|text)(?:\\*["'])?[ \t]{0,16}(?::|=>?)[ \t]{0,16}/gi

/**
 * Name and value in separate fields: a variable's `name: DB_PASSWORD` and `value: x`, `<add key="Password"
 * value="x"/>`.
 */
export const fieldPair: Detector = {
  name: 'field pair',
  trigger: { kind: 'key', places: ['bare'] },
  redact: atNames((text, key, out) => {
    if (!isValue(text, key.start)) return key.end
    const before = text.slice(Math.max(0, key.start - 48), key.start)
    if (!nameBefore.test(before)) return key.end
    const field = key.start - (nameBefore.exec(before)?.[0].trimStart().length ?? 0)
    const column = columnAtLineStart(text, field)
    return after(text, key, column, out) ?? earlier(text, key, field, column, out) ?? key.end
  }),
  samples: {
    gone: [
      ['env:\n- name: DB_PASSWORD\n  value: let me\n    in\n- name: LOG_LEVEL\n  value: info', 'let me'],
      ['- value: YgGg97Ac3yAkqJ\n  name: MYSQL_ROOT_PASSWORD', 'YgGg97Ac3yAkqJ'],
      ['- {name: SMTP_PASS, value: hunter2}', 'hunter2'],
      ['{"value":"hunter2","name":"DB_PASSWORD"}', 'hunter2'],
      ['{\n  "name": "SIGNING_KEY",\n  "value": "hunter2"\n}', 'hunter2'],
      ['params:\n- name: registry-password\n  type: string\n  default: W49Ox5mGXmwbBz', 'W49Ox5mGXmwbBz'],
      ['<add key="Password" value="hunter2"/>', 'hunter2'],
      ['<property name="connection.password" value="hunter2" />', 'hunter2'],
      [String.raw`{\"name\":\"API_TOKEN\",\"value\":\"x y\"}`, 'x y'],
      ['- name: ENCRYPTION_KEYS\n  value: 9f8e7d6c5b4a9f8e7d6c5b4a9f8e7d6c', '9f8e7d6c5b4a9f8e7d6c5b4a9f8e7d6c'],
      [`- name: APP_PASSWORDS\n  value: '["hunter2","letmein9"]'`, 'hunter2', 'letmein9'],
      [`- name: API_TOKENS\n  value: '["9f8e7d6c5b4a","1a2b3c4d5e6f"]'`, '9f8e7d6c5b4a', '1a2b3c4d5e6f'],
      ['- name: MYSQL_ROOT_PASSWORD\n  value: my-secret-pw', 'my-secret-pw'],
      [
        '- name: VAULT_SECRET_ID\n  value: 4411f091-a4c9-48e6-0884-1fcb092da1c8',
        '4411f091-a4c9-48e6-0884-1fcb092da1c8',
      ],
    ],
    kept: [
      'valueFrom:\n  secretKeyRef:\n    key: password\n    name: db-credentials\n    optional: true',
      '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: db, key: password}\n- name: A\n  value: plain1A',
      'tolerations:\n- key: dedicated1\n  value: gpu-a100\n  effect: NoSchedule',
      '- name: PASSWORD\n  value: $(OTHER)\n- name: MODE\n  value: fast',
    ],
  },
}

/** Whether a sign precedes the name, with quotes and blanks between: for most names none does. */
function isValue(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at < 12; at--) {
    const code = text.charCodeAt(at)
    if (code === 58 || code === 61 || code === 62) return true
    if (code !== 32 && code !== 34 && code !== 39 && code !== 92) return false
  }
  return false
}

function after(text: string, key: KeyAt, column: number, out: Spans): number | undefined {
  const near = upToSign(text.slice(key.end, key.end + FARTHEST))
  valueName.lastIndex = 0
  for (let match = valueName.exec(near); match; match = valueName.exec(near)) {
    const between = near.slice(0, match.index + 1)
    if (!isSameObject(between, column)) return undefined
    return take(text, key, key.end + valueName.lastIndex, column, out)
  }
  return undefined
}

/** The reverse order, written by people and some marshallers. */
function earlier(text: string, key: KeyAt, field: number, column: number, out: Spans): number | undefined {
  const near = fromSign(text.slice(Math.max(0, field - FARTHEST), field))
  const floor = field - near.length
  valueName.lastIndex = 0
  let last: { index: number; end: number } | undefined
  for (let match = valueName.exec(near); match; match = valueName.exec(near))
    last = { index: match.index, end: valueName.lastIndex }
  if (!last || !isSameObject(near.slice(last.end), column)) return undefined
  take(text, key, floor + last.end, column, out)
  return key.end
}

/** Up to the end of the object or the element. */
function upToSign(near: string): string {
  const end = near.search(SIGN)
  return end < 0 ? near : near.slice(0, end)
}

/** From the beginning of the object or the element. */
function fromSign(near: string): string {
  return near.slice(Math.max(near.lastIndexOf('{'), near.lastIndexOf('}'), near.lastIndexOf('>'), 0))
}

/** No other object or name begins or ends between the two. */
function isSameObject(between: string, column: number): boolean {
  if (/\n[ \t]*-[ \t]|\n[ \t]*\n|["'\s,]name["']?[ \t]*[:=]/.test(between)) return false
  if (!between.includes('\n') || column < 0) return true
  // In YAML both fields have the same column.
  return between
    .split('\n')
    .every((line, index) => index === 0 || line.trim() === '' || line.search(/\S/) >= Math.min(column, 1))
}

function take(text: string, key: KeyAt, at: number, column: number, out: Spans): number {
  const quoted = readQuoted(text, at)
  if (quoted) {
    const isOpen = quoted.after === quoted.end
    const end = isOpen && column >= 0 ? endOfDeeperLines(text, quoted.end, column) : quoted.end
    if (promiseOf(key.name) && isTaken(key.name, key.promise, text.slice(quoted.start, end), 'strong'))
      out.add(quoted.start, end)
    return Math.max(key.end, isOpen ? end : quoted.after)
  }
  let end = at + wordAt(text, at).length
  if (column >= 0) end = endOfDeeperLines(text, lineEnd(text, at), column)
  if (isTaken(key.name, key.promise, text.slice(at, end).trim(), 'strong')) out.add(at, end)
  return Math.max(key.end, end)
}
