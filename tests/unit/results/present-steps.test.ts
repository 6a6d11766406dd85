/** Long results go through a piece at a time: with the same outcome as at once, and letting others run in between. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { presentResult, redactText } from '../../../server/results'
import { presentResultNow } from '../../../server/results/present'
import { piecesOf } from '../../../server/results/redact/pieces'
import type { PresentRequest } from '../../../server/results/types'

const PASSWORD = 'correct horse 9'
const base64 = Buffer.from(PASSWORD).toString('base64')
const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7MIIEvQIBADAN\n'.repeat(6)}-----END PRIVATE KEY-----`
const secretYaml = `apiVersion: v1\ndata:\n  a: ${base64}\n  b: ${base64}\nkind: Secret\nmetadata:\n  name: db`

/** What spans lines, each with plain lines around it, so that a piece could end anywhere. */
const spanning: Record<string, string> = {
  'a YAML value in deeper lines': `password: |\n  ${PASSWORD}\n  ${PASSWORD}\nnext: 1`,
  'a PEM block': pem,
  'a PEM block with a prefix on each line': pem.replace(/^/gm, 'app-1 '),
  'a value below its name': `env:\n- name: DB_PASSWORD\n  value: ${PASSWORD}\n- name: B\n  value: c`,
  'a value below its name, without indent': `name: DB_PASSWORD\nvalue: ${PASSWORD}`,
  'JSON over lines': `{\n  "name": "DB_PASSWORD",\n  "value": "${PASSWORD}"\n}`,
  'flags in a list': `args:\n- --db-password\n- ${PASSWORD}`,
  'folded base64': Buffer.from(`${'x: a harmless line\n'.repeat(9)}password: ${PASSWORD}\n`)
    .toString('base64')
    .replace(/.{76}/g, '$&\n'),
  'an annotation of kubectl describe': `Annotations:  kubectl.kubernetes.io/last-applied-configuration:\n                {"note":"${PASSWORD}"}\n`,
  'a header over lines': `authorization:\nBearer ${PASSWORD}`,
}

const filler = (count: number): string =>
  Array.from({ length: count }, (_, at) => `2026-11-24T18:52:09Z INFO request ${at} done`).join('\n')

describe('piecesOf', () => {
  it.each(Object.entries(spanning))('does not part %s', (_, text) => {
    for (let before = 0; before < 12; before++) {
      const whole = `${filler(before + 1)}\n${text}\n${filler(9)}`
      for (const size of [1, 40, 100, 300]) {
        const pieces = [...piecesOf(whole, size, redactText)]
        expect(pieces.join('')).toBe(whole)
        expect(pieces.map(redactText).join('')).toBe(redactText(whole))
      }
    }
  })

  it.each([
    ['YAML documents', Array.from({ length: 9 }, () => secretYaml).join('\n---\n')],
    [
      'a YAML list',
      `items:\n${Array.from({ length: 9 }, () => `- ${secretYaml.replaceAll('\n', '\n  ')}`).join('\n')}`,
    ],
    [
      'a JSON list',
      JSON.stringify({ items: Array.from({ length: 9 }, () => ({ data: { a: base64 }, kind: 'Secret' })) }, null, 2),
    ],
    ['JSON lines', Array.from({ length: 9 }, () => JSON.stringify({ data: { a: base64 }, kind: 'Secret' })).join('\n')],
    ['a description', `Name: a\n\nData\n====\npassword:\n----\n${PASSWORD}\nb ${PASSWORD}\n\n`.repeat(9)],
  ])('parts %s, and no object in it', (_, whole) => {
    const pieces = [...piecesOf(whole, 1, redactText)]
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.map(redactText).join('')).toBe(redactText(whole))
    expect(redactText(whole)).not.toContain(base64)
    expect(redactText(whole)).not.toContain(PASSWORD)
  })

  it('parts an endless line between words, far from what is redacted', () => {
    const line = Array.from({ length: 60_000 }, (_, at) =>
      at % 3000 === 0 ? `password="${PASSWORD}"` : `word${at}`,
    ).join(' ')
    const pieces = [...piecesOf(line, 10_000, redactText)]
    expect(pieces.length).toBeGreaterThan(5)
    expect(pieces.join('')).toBe(line)
    expect(pieces.map(redactText).join('')).toBe(redactText(line))
  })

  it('leaves whole what says only at its end that it is a list of Secrets', () => {
    const whole = `items:\n- data:\n    a: ${base64}\n${'- data:\n    a: b\n'.repeat(9)}kind: SecretList`
    expect([...piecesOf(whole, 1, redactText)]).toEqual([whole])
  })
})

describe('presentResult', () => {
  const megabytes = (line: (at: number) => string, count: number): string =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n')
  const large: Record<string, PresentRequest> = {
    'a log': request(
      'pods_log',
      megabytes((at) => `${at} INFO token=abc${at} for key-${at} at https://x/${at}`, 60_000),
    ),
    'a table': request(
      'pods_list',
      `NAME          STATUS    AGE\n${megabytes((at) => `web-${at}`.padEnd(14) + 'Running   5d', 40_000)}`,
    ),
    YAML: request(
      'resources_list',
      megabytes((at) => `- kind: Secret\n  data:\n    key-${at}: ${base64}\n    other: ${base64}`, 20_000),
    ),
    words: request(
      'kubectl_describe',
      megabytes((at) => `Line ${at}: with   blanks, password: hunter${at}`, 40_000),
    ),
  }

  it.each(Object.entries(large))(
    'of %s is what it is at once, and others run meanwhile',
    { timeout: 60_000 },
    async (_, asked) => {
      const delay = monitorEventLoopDelay({ resolution: 1 })
      let turns = 0
      const ticking = setInterval(() => turns++, 0)
      delay.enable()
      const result = await presentResult(asked)
      delay.disable()
      clearInterval(ticking)
      expect(turns).toBeGreaterThan(3)
      expect(result).toEqual(presentResultNow(asked))
      expect(JSON.stringify(result)).not.toContain(base64)
    },
  )
})

function request(tool: string, text: string): PresentRequest {
  return { tool, arguments: {}, raw: { isError: false, texts: [text] }, maxChars: 8000 }
}
