/**
 * Text that is made to be slow, eight times as long, takes about eight times as long: in quadratic time it would be
 * sixty-four times.
 */
import { describe, expect, it } from 'vitest'
import { redactSteps } from '../../../server/redact/redact-text'
import { presentResultNow } from '../../../server/results/present'
import { cpuMs } from '../../support/cpu-time'

const MEGABYTE = 512 * 1024
const GROWTH = 8
/** Between linear and quadratic, on a machine that does other things too. */
const MOST = 28
/** Below this a run says nothing, in milliseconds. */
const LEAST_MS = 4

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const repeated: Record<string, string> = {
  'a letter': 'a',
  'base64 that reads as text': base64('harmless words '),
  'folded base64 that reads as text': `${base64('harmless words and more of these words. ').slice(0, 52)}\n`,
  slashes: 'aaaa/',
  'base64 with slashes': 'YWFh/',
  'names in base64': base64('password: ').slice(0, 12),
  hex: '0123456789abcdef',
  'keys and no value': 'password=',
  'keys and blanks': 'password                ',
  'doubtful keys': 'secret: auth: credentials= ',
  'ends of keys': 'token-token_',
  'flags and no value': '--password ',
  'flags in lists': '"--token",',
  'flags in lines': '--token\n- ',
  dashes: '-',
  'dashed words': '--a-b.c',
  'short options': ' -u a:',
  'short options of programs': 'curl -u a mysql -p ',
  literals: '--from-literal=a=',
  'literals of a Secret': 'secret --from-literal=a=b ',
  sentences: 'password is ',
  'long sentences': 'password is        :        ',
  elements: '<password>',
  'open elements': '<a.password.',
  netrc: 'machine a login b ',
  'values before names': 'value: ',
  'values before names in quotes': '"value":"',
  'values and blanks': `"value":"a"${' '.repeat(300)}`,
  'names and blanks': `name: API_TOKEN${' '.repeat(40)}\n`,
  'described keys': 'password:\n----\n',
  'words of kubectl describe': 'a.b-c_',
  hooks: 'https://hooks.slack.com/services/',
  signatures: '?sig=',
  'keys of models': 'sk-proj-',
  'keys of models that go on': 'sk-proj-aaaaaaaaaaaaaaaa',
  'tokens of Rancher': 'token-abcde:bcdfghjklmnp',
  'names of users': 'a-',
  colons: ':',
  'tokens of Telegram': '12345678:AA',
  'keys of networks': 'tskey-auth-aaaaaa',
  refusals: 'User "a" cannot get resource "',
  'refusals that go on': 'User "viewer" cannot list resource "pods" in API group "" ',
  'URLs of Oracle': 'jdbc:oracle:thin:a/',
  URLs: 'a://b:c',
  'last-applied': 'kubectl.kubernetes.io/last-applied-configuration: "',
  'kinds of Secrets': 'kind: Secret\ndata:\n  a: b\n',
  'kinds of Secrets in JSON': '{"kind":"Secret","data":{"a":"b"},',
  'JSON maps with base64 that holds a JSON map': `{"data":{"a":"${base64('{"data":{"level":"info","mode":"fast"}}')}"}}\n`,
  BEGIN: '-----BEGIN A-----\n',
  END: '-----END A-----\n',
  'half a JWT': 'eyJhbGciOiJ',
  cookies: 'Cookie: a=',
  headers: 'authorization : ',
  escapes: '\\"',
  ESC: '\u001b[',
  tables: 'A   B\n',
}

const sample = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)

/** Of this thread's own time, so that a busy machine does not decide. */
function best(run: () => unknown): number {
  let least = Infinity
  for (let at = 0; at < 2; at++) least = Math.min(least, cpuMs(run))
  return Math.max(least, LEAST_MS)
}

describe.each(Object.entries(repeated))('%s', (_, unit) => {
  const short = sample(unit, MEGABYTE / GROWTH)
  const long = sample(unit, MEGABYTE)

  it.each([
    ['a result', (text: string) => present('resources_get', text, false)],
    ['an error', (text: string) => present('kubectl_apply', `forbidden ${text}`, true)],
  ])('%s', { timeout: 60_000 }, (_name, run) => {
    run(short)
    expect(best(() => run(long)) / best(() => run(short))).toBeLessThan(MOST)
  })
})

it('two texts that are redacted in turns', { timeout: 60_000 }, () => {
  const unit = `{"data":{"a":"b"}}${' '.repeat(200)}\n`
  const inTurns = (size: number): void => {
    const running = [`${sample(unit, size)}1`, `${sample(unit, size)}2`].map((text) => redactSteps(text, () => false))
    while (running.map((steps) => steps.next()).some(({ done }) => done !== true));
  }
  inTurns(MEGABYTE)
  expect(best(() => inTurns(MEGABYTE * GROWTH)) / best(() => inTurns(MEGABYTE))).toBeLessThan(MOST)
})

function present(tool: string, text: string, isError: boolean): unknown {
  return presentResultNow({ tool, arguments: {}, raw: { isError, texts: [text] }, maxTokens: 2700 })
}
