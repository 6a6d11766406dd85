/** Redacts what commands are given: `--db-password x`, `curl -u user:x`, `mysql -px`, `--from-literal=key=x`. */
import { isHarmless, REDACTED } from './marker'
import { readQuoted } from './quoted'
import { isCredential, sensitiveEnds } from './sensitive-keys'
import { Splice } from './splice'
import { wordAt } from './value-at'

/** A flag and its value as words of a line, of a JSON list, or of a YAML list. */
const flag = new RegExp(
  `((?<![\\w-])--?[\\w.-]{0,64}?(?:${sensitiveEnds}))(?:\\\\*["'][ \\t]{0,16},\\s{0,64}|["']?[ \\t]{0,16}\\n[ \\t]{0,256}-[ \\t]{1,16}|[ \\t]{1,16})(?=\\S)`,
  'gi',
)
/** Words that follow such a flag where people write about it. */
const prose =
  /^(?:a|an|and|argument|as|by|can|cannot|does|during|flag|for|from|has|if|in|instead|is|must|not|of|on|option|or|parameter|should|that|the|to|value|was|when|will|with|without)$/i

/** `-u user:x` and its like, which mean a password with these programs alone. */
const short = /\s(?:(?:-u|--user|--creds)[ =]?["']?([^\s:"']{1,128}:)|-p[ ]?["']?|-a[ =]["']?)(?=[^\s"'-])/g
const programs: [RegExp, RegExp][] = [
  [/\b(?:curl|wget|http|skopeo|helm)\b/, /^\s(?:-u|--user|--creds)/],
  [/\b(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|sshpass)\b/, /^\s-p/],
  [/\b(?:redis-cli|valkey-cli|keydb-cli)\b/, /^\s-a/],
]
const literal = /--from-literal[= ]["']?[\w.-]{1,253}=/g
const lookBack = 256

/** Returns the text with such values replaced. Linear: it looks a bounded distance back. */
export function redactCommands(text: string): string {
  return redactLiterals(redactShort(redactFlags(text)))
}

function redactFlags(text: string): string {
  const out = new Splice(text)
  flag.lastIndex = 0
  for (let match = flag.exec(text); match; match = flag.exec(text)) {
    const at = flag.lastIndex
    const quoted = readQuoted(text, at)
    const start = quoted?.start ?? at
    const value = quoted ? text.slice(quoted.start, quoted.end) : wordAt(text, at)
    const isValue = value !== '' && !/^(?:-|\$[({A-Z])/.test(value) && !prose.test(value) && !isHarmless(value)
    if (isValue && isCredential(match[1] ?? '', value)) out.replace(start, start + value.length, REDACTED)
    flag.lastIndex = Math.max(at, start)
  }
  return out.toString()
}

function redactShort(text: string): string {
  const out = new Splice(text)
  short.lastIndex = 0
  for (let match = short.exec(text); match; match = short.exec(text)) {
    const start = short.lastIndex
    const before = text.slice(Math.max(0, match.index - lookBack), match.index)
    const line = before.slice(before.lastIndexOf('\n') + 1)
    const value = wordAt(text, start)
    const isMeant = programs.some(([program, option]) => option.test(match[0]) && program.test(line))
    if (isMeant && value !== '' && !/^\$/.test(value) && !isHarmless(value))
      out.replace(start, start + value.length, REDACTED)
  }
  return out.toString()
}

/** What `kubectl create secret` is given, whatever its key is called; for others the key tells, as everywhere. */
function redactLiterals(text: string): string {
  const out = new Splice(text)
  literal.lastIndex = 0
  for (let match = literal.exec(text); match; match = literal.exec(text)) {
    const before = text.slice(Math.max(0, match.index - lookBack), match.index)
    if (!/\bsecret\b[^\n]*$/.test(before)) continue
    const start = literal.lastIndex
    const quoted = readQuoted(text, start)
    const value = quoted ? text.slice(quoted.start, quoted.end) : wordAt(text, start)
    const from = quoted?.start ?? start
    if (!isHarmless(value)) out.replace(from, from + value.length, REDACTED)
  }
  return out.toString()
}
