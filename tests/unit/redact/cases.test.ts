/** The cases of fixtures/: shapes in which credentials stood in clusters, and texts that only look so. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sanitizeText } from '../../../server/results'
import { redactText } from '../../../server/redact/redact-text'
import { shows } from '../../support/redaction/shows'

const caseSchema = z.object({
  id: z.string(),
  text: z.string(),
  must_go: z.array(z.string()),
  must_stay: z.array(z.string()),
})

function casesOf(name: string): z.infer<typeof caseSchema>[] {
  const lines = readFileSync(new URL(`fixtures/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => caseSchema.parse(JSON.parse(line)))
}

describe.each(['credentials', 'innocents'])('%s', (name) => {
  it.each(casesOf(name))('$id', ({ text, must_go, must_stay }) => {
    const shown = redactText(sanitizeText(text))
    for (const secret of must_go) expect(shows(shown, secret), shown).toBe(false)
    for (const words of must_stay) expect(shown).toContain(words)
    expect(redactText(shown)).toBe(shown)
  })
})
