/** Every detector finds its own samples, alone and after the pre-filter, and no detector changes harmless texts. */
import { describe, expect, it } from 'vitest'
import { mayHoldCredential, redactText } from '../../../server/redact/redact-text'
import { DETECTORS } from '../../../server/redact/registry'
import { scannerOf } from '../../../server/redact/scanner'
import type { Scanner } from '../../../server/redact/scanner'
import { applySpans } from '../../../server/redact/spans'
import { atOnce } from '../../../shared/steps'

describe.each(DETECTORS.map((detector) => [detector.name, detector] as const))('%s', (_, detector) => {
  const alone = scannerOf([detector])

  it.each(detector.samples.gone.map(([text, ...secrets]) => ({ text, secrets })))(
    'redacts $text',
    ({ text, secrets }) => {
      expect(alone.mayHold(text)).toBe(true)
      expect(mayHoldCredential(text)).toBe(true)
      const own = redactAlone(alone, text)
      const redacted = redactText(text)
      for (const secret of secrets) {
        expect(text).toContain(secret)
        expect(own).not.toContain(secret)
        expect(redacted).not.toContain(secret)
      }
      expect(redacted).toContain('<redacted')
      expect(redactText(redacted)).toBe(redacted)
    },
  )

  it.each(detector.samples.kept)('leaves %j', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

it('has detectors with names of their own', () => {
  expect(new Set(DETECTORS.map(({ name }) => name)).size).toBe(DETECTORS.length)
})

function redactAlone(scanner: Scanner, text: string): string {
  const { found } = atOnce(
    scanner.scan(
      text,
      (decoded) => redactText(decoded) !== decoded,
      () => false,
    ),
  )
  return atOnce(applySpans(text, found, text.length))
}
