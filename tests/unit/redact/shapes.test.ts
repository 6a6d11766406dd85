/** A made-up token for each format of shapes.json, and those that the project had collected before. */
import { describe, expect, it } from 'vitest'
import { SHAPE_SOURCES } from '../../../server/redact/detectors/tokens/shape'
import { mayHoldCredential, redactText } from '../../../server/redact/redact-text'
import { CREDENTIAL_TEXTS, OTHER_SAMPLES, PROVIDER_SAMPLES } from '../../support/redaction/credential-samples'

const LETTERS: Readonly<Record<string, string>> = {
  n: '7305918264',
  h: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  H: 'A0f1E2d3c4B5a697',
  l: 'q8zr4lmt1vxc9kpw2sbd7nfg5hjk3rty',
  U: 'Q8ZR4LMT1VXC9KPW2SBD7NFG5HJK3RTY',
  w: 'q8Zr4LmT1vXc9KpW2sBd7NfG5hJk3RtY',
  b: 'q8Zr4LmT1vXc9KpW2sBd7NfG5hJk3RtY',
  B: 'q8Zr4LmT1vXc9KpW2sBd7NfG5hJk3RtY',
  t: 'q8Zr4LmT1vXc9KpW2sBd7NfG5hJk3RtY',
  c: 'bcdfg2hjkl4mnpq6rstvwxz8',
}

function sampleOf(format: string): string {
  return format
    .replace(/^[!#=]+/, '')
    .replace(/<(\w):(\d+)(?:-\d+)?>/g, (_, name: string, least: string) =>
      (LETTERS[name] ?? '').repeat(Math.ceil(Number(least) / 10)).slice(0, Number(least)),
    )
}

describe('a token of the format', () => {
  it.each(SHAPE_SOURCES.map((source) => [source, sampleOf(source)]))('%s goes', (_, token) => {
    for (const text of [token, `loaded ${token} now`, `x: "${token}"`, `"log":"a\\n${token}\\n"`, `(${token})`]) {
      expect(mayHoldCredential(text)).toBe(true)
      expect(redactText(text)).not.toContain(token)
    }
  })
})

describe('the sample', () => {
  const samples = [...Object.values(CREDENTIAL_TEXTS), ...PROVIDER_SAMPLES, ...OTHER_SAMPLES]
  it.each(samples.map((sample) => [sample]))('%j passes the pre-filter and goes', (sample) => {
    expect(mayHoldCredential(sample)).toBe(true)
    expect(redactText(sample)).toContain('<redacted')
  })
})
