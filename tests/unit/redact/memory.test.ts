/** Large texts with credentials do not stay in memory after their redaction. */
import { expect, it } from 'vitest'
import { redactText } from '../../../server/results'
import { usedBytes } from '../../support/garbage'

/** Of the texts' size: caches of names, and what the test itself needs. */
const MOST_KEPT = 0.15

function usedByTexts(): number {
  // V8 keeps the text of the last match, until the next one.
  void /a/.test('a')
  return usedBytes()
}

/** With names of its own, long enough to be parts of the text, and one very long word. */
function textOf(index: number, chars: number): string {
  const names = Array.from({ length: 50 }, (_, at) => `service-${index}-${at}-password: hunter2x${at}`)
  return `${names.join('\n')}\n${`token=abc${index},`.repeat(chars).slice(0, chars)}`
}

it.each([
  { texts: 40, chars: 1024 * 1024 },
  { texts: 1, chars: 16 * 1024 * 1024 },
])('keeps neither $texts texts of $chars characters nor parts of them', ({ texts, chars }) => {
  redactText(textOf(-1, 1))
  const before = usedByTexts()
  for (let index = 0; index < texts; index++) redactText(textOf(index, chars))
  expect((usedByTexts() - before) / (texts * chars)).toBeLessThan(MOST_KEPT)
})
