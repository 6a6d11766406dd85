import type { Detector } from '../../detector'
import { endsPath } from '../../text/key-at'
import { readQuoted } from '../../text/quoted'
import { wordAt } from '../../text/words'
import { isTaken } from '../../values/taken'
import { looksRandom } from '../../values/generated'
import { atNames } from './named'

const comma = /\\*["'`]?[ \t]{0,8},[ \t]{0,16}/y
const blanks =
  /\\*["'`]?(?:[ \t]{1,16}(?:=[ \t]{0,8}|FOR[ \t]\S{1,80}[ \t]|BY[ \t]{1,8}|(?:ENCRYPTED|HASH|VALID UNTIL)[ \t]{1,8}){0,2}|\()/y

/**
 * The argument after the name: `define('DB_PASSWORD', 'x')`, `"AUTH" "x"`, SQL's `PASSWORD 'x'`, `IDENTIFIED BY 'x'`.
 */
export const callArgument: Detector = {
  name: 'call argument',
  trigger: { kind: 'key', places: ['bare'] },
  redact: atNames((text, key, out) => {
    const code = text.charCodeAt(key.end)
    if (code !== 32 && code !== 34 && code !== 39 && code !== 96 && code !== 40 && code !== 92) return key.end
    const isQuoted = code !== 32 && code !== 40
    // A word of a sentence follows most names.
    const next = text.charCodeAt(key.end + 1)
    if (code === 32 && next >= 97 && next <= 122) return key.end
    comma.lastIndex = key.end
    const hasComma = isQuoted && comma.test(text)
    blanks.lastIndex = key.end
    if (!hasComma && !blanks.test(text)) return key.end
    const at = hasComma ? comma.lastIndex : blanks.lastIndex
    const quoted = readQuoted(text, at)
    if (!quoted || endsPath(text, key)) return key.end
    // Another flag.
    if (text.charCodeAt(quoted.start) === 45) return key.end
    const value = text.slice(quoted.start, quoted.end)
    if (quoted.end - quoted.start > 512 || !mayBeValue(text, key.name, value, hasComma, quoted.after)) return key.end
    const promise = /^auth$/i.test(key.name) && isQuoted ? 'token' : key.promise
    if (!isTaken(key.name, promise, value, 'strong')) return key.end
    out.add(quoted.start, quoted.end)
    return quoted.after
  }),
  samples: {
    gone: [
      ["define( 'DB_PASSWORD', '3JjEkCdoQhVjCR' );", '3JjEkCdoQhVjCR'],
      ["define('AUTH_KEY', 'a b c d e1');", 'a b c d e1'],
      ['props.setProperty("db.password", "hunter2");', 'hunter2'],
      ['1700000000.1 [0 10.0.0.1:5] "AUTH" "p7P0AZggRfDa6B"', 'p7P0AZggRfDa6B'],
      ["ALTER ROLE app WITH PASSWORD 'xdMDtMoE1sObje';", 'xdMDtMoE1sObje'],
      ["ALTER ROLE app ENCRYPTED PASSWORD 'hunter2'", 'hunter2'],
      ["SELECT set_config('app.password', 'hunter2', false)", 'hunter2'],
      ["SET PASSWORD FOR 'app'@'%' = PASSWORD('hunter2')", 'hunter2'],
      ['["--password", "hunter2"]', 'hunter2'],
    ],
    kept: [
      "the key 'password' in secret 'db'",
      'resources: ["secrets", "pods"]',
      '["password", "username", "host"]',
      'FATAL: password authentication failed for user "app"',
      'invalid token "}" in JSON',
      '"name", "token", "age"',
      '["GET","/oauth2/token","HTTP/1.1"]',
      '"GET" "/api/token" "curl/8.0.1"',
    ],
  },
}

/** A list of names looks like a call: `"password", "username"`. Then the value must not look like a name. */
function mayBeValue(text: string, name: string, value: string, hasComma: boolean, after: number): boolean {
  if (!hasComma) return looksRandom(value) || (value.length > 2 && (/^[A-Z_]+$/.test(name) || /passw/i.test(name)))
  const next = wordAt(text, after)
  if (/^[a-z][a-z_-]*$/i.test(value))
    return next === '' && /[)\]]/.test(text[after] ?? '') && isCall(text, after, value)
  return looksRandom(value) || /[)\]]/.test(text[after] ?? '') || isCall(text, after, value)
}

/** Inside a bracket with two arguments, or after a flag. */
function isCall(text: string, after: number, value: string): boolean {
  const before = text.slice(Math.max(0, after - value.length - 120), after - value.length - 2)
  const open = before.lastIndexOf('(')
  if (open > 0 && open > before.lastIndexOf(')') && /\w/.test(before[open - 1] ?? '')) return true
  const quote = /["'`][ \t]{0,4},[ \t]{0,4}$/.exec(before)
  const flag = quote ? before.slice(0, quote.index) : ''
  return /["'`]-{1,2}[\w.-]{1,80}$/.test(flag.slice(Math.max(flag.lastIndexOf('"'), flag.lastIndexOf("'"), 0)))
}
