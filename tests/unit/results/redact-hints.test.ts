/** The hints that decide whether a text is looked at: what they miss is shown as it is. */
import { describe, expect, it } from 'vitest'
import { PROVIDER_SHAPES } from '../../../server/results/redact/providers'
import { mayHoldCredential, redactText, redactWithoutHints } from '../../../server/results/redact/redact-text'
import { CREDENTIAL_TEXTS, OTHER_SAMPLES, PROVIDER_SAMPLES } from '../../support/credential-samples'

const samples = [...Object.values(CREDENTIAL_TEXTS), ...PROVIDER_SAMPLES, ...OTHER_SAMPLES]

describe('the hints', () => {
  it.each(samples.map((sample) => [sample]))('let %j through', (sample) => {
    expect(redactWithoutHints(sample)).not.toBe(sample)
    expect(mayHoldCredential(sample)).toBe(true)
    expect(redactText(sample)).toContain('<redacted')
  })

  it('have a sample of each known shape', () => {
    const untried = PROVIDER_SHAPES.filter((shape) => !PROVIDER_SAMPLES.some((each) => new RegExp(shape).test(each)))
    expect(untried).toEqual([])
  })

  it('miss no part of a sample in which a credential is found', () => {
    const missed = new Set<string>()
    for (const sample of samples)
      for (let start = 0; start < sample.length; start++)
        for (const end of [start + 24, start + 48, sample.length]) {
          const part = sample.slice(start, end)
          if (!mayHoldCredential(part) && redactWithoutHints(part) !== part) missed.add(part)
        }
    expect([...missed]).toEqual([])
  })

  it.each([
    'web-7d4b9c6f5-x2x4z   1/1   Running   0   5d',
    'Readiness probe failed: HTTP probe failed with statuscode: 503',
    'docker.io/library/nginx:1.27',
  ])('spare %j the passes', (text) => {
    expect(mayHoldCredential(text)).toBe(false)
  })
})
