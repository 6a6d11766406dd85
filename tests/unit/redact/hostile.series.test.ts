/**
 * Text that is made to be slow: each would take hours in quadratic time, and some overflow the stack of a careless
 * expression. The bound is the test's own time limit.
 */
import { describe, expect, it } from 'vitest'
import { redactText, redactValue, shrinkText } from '../../../server/results'
import { presentText } from '../results/load-fixture'

const MEGABYTE = 1024 * 1024
const fill = (text: string, size = MEGABYTE): string => text.repeat(Math.ceil(size / text.length))

const hostile: Record<string, string> = {
  'one endless word': fill('a'),
  blanks: `a${fill(' ')}b`,
  'line feeds': `a${fill('\n')}b`,
  backslashes: `"kind":"Secret" ${fill('\\')}"`,
  'half a JWT': fill('eyJ'),
  'dotted halves': fill('eyJhbGci.'),
  'BEGIN without END': fill('-----BEGIN RSA PRIVATE KEY-----'),
  'END without BEGIN': fill('-----END RSA PRIVATE KEY-----'),
  'base64 without an end': `-----BEGIN RSA PRIVATE KEY-----${fill('MIIE')}`,
  'kinds of Secrets': fill('kind: Secret\ndata:\n a: b\n'),
  'open JSON maps': fill('"kind":"Secret","data":{"a":"'),
  'open flow maps': fill('kind: Secret\ndata: {a: '),
  'keys without values': fill('token: '),
  'keys with open quotes': fill('password="'),
  'names of variables': fill('name: API_TOKEN\n value: '),
  annotations: fill('kubectl.kubernetes.io/last-applied-configuration:\n'),
  schemes: fill('a://b:c'),
  'data source names': fill('a:b@tcp('),
  bearers: fill('authorization: bearer '),
  cookies: fill('cookie: a=b; '),
  'escape sequences': fill('\u001b[0'),
  'open titles': fill('\u001b]0;'),
  dashes: `kind: Secret\n${fill('- ')}`,
}

describe.each(Object.keys(hostile))('%s', (name) => {
  const text = hostile[name] ?? ''

  it('pass through every path', { timeout: 30_000 }, () => {
    expect(redactText(text)).not.toBe('')
    expect(redactValue({ text })).toBeTypeOf('object')
    expect(presentText('pods_log', text, { maxTokens: 150 }).forModel.length).toBeLessThanOrEqual(700)
    expect(presentText('resources_get', text, { maxTokens: 150 }).forModel.length).toBeLessThanOrEqual(700)
    expect(shrinkText(text, 500).length).toBeLessThanOrEqual(500)
  })
})

it.each([['a'], [' '], ['\n'], ['\\'], ['=']])(
  'walks over twelve megabytes of %j without running out of stack',
  { timeout: 30_000 },
  (character) => {
    const run = fill(character, 12 * MEGABYTE)
    expect(() => redactText(`kind: Secret token: eyJ-----BEGIN ${run}`)).not.toThrow()
    expect(presentText('pods_log', `x${run}x`, { maxTokens: 150 }).forModel.length).toBeLessThanOrEqual(700)
  },
)

it('reads JSON that is nested a million deep', { timeout: 30_000 }, () => {
  const depth = 1_000_000
  const result = presentText('kubectl_get', `${'['.repeat(depth)}1${']'.repeat(depth)}`, { maxTokens: 150 })
  expect(result.status).toBe('ok')
})

it('redacts every line of a large log', { timeout: 30_000 }, () => {
  const lines = Array.from(
    { length: 50_000 },
    (_, index) => `2026-11-22T08:00:00Z INFO request ${index} token=abc${index} done`,
  )
  const redacted = redactText(lines.join('\n')).split('\n')
  expect(redacted).toHaveLength(lines.length)
  expect(
    redacted.every((line, index) => line === `2026-11-22T08:00:00Z INFO request ${index} token=<redacted> done`),
  ).toBe(true)
})
