/** Names in many languages × grammars × kinds of values: some thousands of shapes; none may leak. */
import { describe, expect, it } from 'vitest'
import { sanitizeText } from '../../../server/results'
import { redactText } from '../../../server/redact/redact-text'
import { GRAMMARS, leakShapes, PASSWORD_NAMES, TOKEN_NAMES } from '../../support/redaction/leak-shapes'
import { randomFrom } from '../../support/redaction/random'
import { shows } from '../../support/redaction/shows'

const SEED = 20_261_129

const shapes = leakShapes(randomFrom(SEED), [...PASSWORD_NAMES, ...TOKEN_NAMES])

describe.each(GRAMMARS.map(({ name }) => name))('%s', (grammar) => {
  it('hides the value of every name, and is idempotent', () => {
    const own = shapes.filter(({ name }) => name.startsWith(`${grammar} · `))
    expect(own.length).toBeGreaterThan(40)
    const leaks = own.filter(({ text, secret }) => shows(redactText(sanitizeText(text)), secret))
    expect(leaks).toEqual([])
    const changed = own.map(({ text }) => redactText(sanitizeText(text))).filter((text) => redactText(text) !== text)
    expect(changed).toEqual([])
  })
})
