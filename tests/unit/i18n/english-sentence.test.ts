import { expect, it } from 'vitest'
import { englishSentence } from './english-sentence'

it.each([
  ['vi', 'The volume waits for it.', 'The volume waits for it'],
  ['vi', 'Cụm: do quota an ninh.', undefined],
  ['en', 'Do it so', 'Do it so'],
])('in a text that should be %s: %s', (language, text, sentence) => {
  expect(englishSentence(text, language)).toBe(sentence)
})
