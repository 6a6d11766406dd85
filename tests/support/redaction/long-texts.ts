/** Long texts to measure the redaction with: of one fragment, of a few in turn, and of many at random. */
import { DETECTORS } from '../../../server/redact/registry'
import { harmlessTexts } from './harmless-texts'
import { leakShapes, PASSWORD_NAMES, TOKEN_NAMES } from './leak-shapes'
import type { Random } from './random'

/** Text that is made to be slow when it is repeated. */
const SLOW_FRAGMENTS = [
  ...[
    'a',
    '-',
    '\\"',
    '= ',
    'aaaa/',
    '0123456789abcdef',
    'password=',
    'token: ',
    '--password ',
    '"--token",',
    'eyJhbGciOiJ',
  ],
  ...[
    'secret: auth: credentials= ',
    'password is ',
    '<password>',
    'a://b:c',
    'Cookie: a=',
    'authorization : ',
    'name: API_TOKEN\n value: ',
  ],
  ...[
    'kind: Secret\ndata:\n  a: b\n',
    '"kind":"Secret","data":{"a":"',
    '-----BEGIN A-----\n',
    'curl -u a mysql -p ',
    'sk-proj-',
    '?sig=',
  ],
  ...[
    'machine a login b ',
    'value: ',
    'password:\n----\n',
    'https://hooks.slack.com/services/',
    'token-abcde:bcdfghjklmnp',
    '"value":"a" ',
  ],
] as const

/** All that long texts are made of. */
export function fragmentsOf(random: Random): string[] {
  return [
    ...SLOW_FRAGMENTS,
    ...DETECTORS.flatMap(({ samples }) => [
      ...samples.gone.map(([text]) => `${text}\n`),
      ...samples.kept.map((text) => `${text}\n`),
    ]),
    ...harmlessTexts(random).map(({ text }) => `${text}\n`),
    ...leakShapes(random, [...PASSWORD_NAMES, ...TOKEN_NAMES]).map(({ text }) => `${text}\n`),
  ]
}

export function longText(random: Random, fragments: readonly string[], size: number): string {
  const few = 1 + random.below(8)
  const unit = Array.from({ length: few }, () => random.of(fragments)).join('')
  if (random.below(3) > 0) return unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
  const parts: string[] = []
  for (let length = 0; length < size;) {
    const part = random.of(fragments)
    parts.push(part)
    length += part.length
  }
  return parts.join('').slice(0, size)
}
