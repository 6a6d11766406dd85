/** Scalars as people, models and programs write them in YAML, including many on which readers disagree. */
import type { Random } from '../../../soak/random'

function spread(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '))
}

/** Unquoted texts whose type depends on the reader. */
const PLAIN = [
  ...spread(
    '0644 0o644 0O17 00 0 -0 +0 08 019 -0644 0x1F 0X1f -0x10 0b11 0B1 -0b11 0b12 0x 1 42 -7 +1 1_000 1__0 1_',
    '0_7 0x_1F _1 +_ 30080 2147483648 9007199254740991 1.0 1.10 1. .5 +.5 -.5 .5_0 ._5 1_0.5 1e3 1E3 1e+3 1.e3',
    '.e3 0.1 0.0 -0.0 3.14159265358979323846 1e 1.2.3 inf nan Infinity .Inf1 1:30 22:22 190:20:30 1:30.5 yes',
    'Yes YES no No on On off OFF y Y n N true True TRUE false tRUE null Null NULL ~ nULL yEs none 2020-01-01',
    '2001-1-1 2001-12-14t21:59:43.10-05:00 1h30m 100m 128Mi 1Gi 0.5 5% 10.0.0.1 10.96.0.0/12 fe80::1',
    "http://example.com:80/a a:b nginx:1.27 = == < <= -- -a --flag=1 a#b it's back\\slash $(VAR) / /bin/sh ~/x",
    '~a ünï 日本語 . .. x=y;z (a|b) ^a$ a&b a! a* 10% 1/2',
  ),
  '2020-01-01 10:00:00',
  'say "hi"',
  '🎉 yes',
  'Đà Nẵng',
  'a b  c',
  '0 1',
]

/** Texts that no reader, only some readers, or not our reader accepts. */
const ODD_PLAIN = [
  ...spread(
    '9007199254740992 9007199254740993 123456789012345678 99999999999999999999 0xFFFFFFFFFFFFFFFFFF 12e4567',
    '1e999 1e-999 1e300 1e16 .inf -.inf +.INF .nan .NaN - ?a :a : ? a,b 1,000 ::1 a?b & ! % @ ` | > >=1.0 [a ]',
    "} a] a} --- ... << !!str * ** *.example.com ${VAR} # 'a'b a:",
  ),
  'a: b',
  '- a',
  '{{ .Values.a }}',
  '--- a',
  'a #b',
  '"a" b',
]

/** Contents of quoted texts and blocks. */
const WORDS = [
  ...[
    'nginx',
    'web',
    'yes',
    '0644',
    'null',
    '',
    ' ',
    '  two',
    'end ',
    'a: b',
    '# no comment',
    'x # y',
    '- item',
    '{a: b}',
  ],
  ...[
    "it's",
    '"quoted"',
    'back\\slash',
    '\\n',
    '%d',
    'ünï',
    '日本語',
    '🎉',
    'é',
    '\u00a0',
    'a\tb',
    '*',
    '&a',
    '!x',
    '...',
  ],
  ...['--- x', 'trailing:', ':', '#!/bin/sh', 'echo "$A" | sed s/a/b/ > /dev/null', 'long '.repeat(40).trim()],
]

const ESCAPES = String.raw`\n \t \\ \" \x41 \u00e9 \U0001F389 \0 \e \N \_ \L`.split(' ')
const ODD_ESCAPES = ['\\ud83c\\udf89', '\\ud83c', '\\q', '\\/', '\\x4', '\\u12', "\\'", '\\\n', '\\U00110000']

/** @param odd probability, from 0 to 1, of a text that readers refuse or disagree on */
export function plain(random: Random, odd: number): string {
  const text = random.pick(random.next() < odd ? ODD_PLAIN : PLAIN)
  return random.next() < 0.1 ? `${text} ${random.pick(PLAIN)}` : text
}

/** A one-line text for a quoted scalar or a block. */
function words(random: Random): string {
  const count = 1 + Math.floor(random.next() * 3)
  return Array.from({ length: count }, () => random.pick(WORDS)).join(random.next() < 0.5 ? ' ' : '')
}

/** @param fold the line break to insert */
export function singleQuoted(random: Random, fold: string): string {
  const parts = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => words(random).replaceAll("'", "''"))
  return `'${parts.join(random.next() < 0.3 ? fold : ' ')}'`
}

export function doubleQuoted(random: Random, fold: string, odd: number): string {
  const part = () => {
    if (random.next() < 0.3) return random.pick(ESCAPES)
    if (random.next() < odd) return random.pick(ODD_ESCAPES)
    return words(random).replace(/["\\]/g, '\\$&')
  }
  const parts = Array.from({ length: 1 + Math.floor(random.next() * 4) }, part)
  const glue = random.next()
  return `"${parts.join(glue < 0.2 ? fold : glue < 0.3 ? `\\${fold}` : glue < 0.6 ? ' ' : '')}"`
}

/**
 * A literal or folded block with its header.
 * @param indent of the text
 * @param step columns deeper than the parent
 */
export function block(random: Random, indent: number, step: number, odd: number): string {
  const lines = Array.from({ length: 1 + Math.floor(random.next() * 6) }, (_, index) => {
    const kind = random.next()
    if (kind < 0.2) return ''
    if (kind < 0.2 + odd) return ' '.repeat(Math.floor(random.next() * 6))
    if (kind < 0.25) return ' '.repeat(Math.floor(random.next() * indent))
    const isMore = random.next() < 0.15 && (index > 0 || random.next() < odd)
    const more = isMore ? random.pick([' ', '  ', '\t', '    ']) : ''
    return `${' '.repeat(indent)}${more}${words(random)}${random.next() < 0.1 ? '  ' : ''}`
  })
  const chomp = random.pick(['', '', '-', '+'])
  const columns = random.next() < odd ? 4 : 1 + Math.floor(random.next() * step)
  const explicit = random.next() < 0.15 ? String(columns) : ''
  const header = random.next() < 0.5 ? `${explicit}${chomp}` : `${chomp}${explicit}`
  const comment = random.next() < 0.1 ? ' # block' : ''
  return `${random.pick(['|', '>'])}${header}${comment}\n${lines.join('\n')}`
}
