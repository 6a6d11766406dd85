import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { messageParams } from '../../../scripts/messages.mjs'
import { englishTexts } from '../../../shared/messages/english'
import { placeholders, pluralForms } from '../../../shared/messages/format'
import { renderMessage } from '../../../shared/messages/render'
import { englishSentence } from './english-sentence'
import { languageOf, others } from './languages'

/** Texts that are the same in every language: terms, and frames of parameters. */
const SAME = new Set([
  ...['words', 'both', 'field-problem', 'mcp-ping', 'kubeconfig-problem', 'kind-everywhere', 'list-semicolon'],
  ...['log-lines-range', 'object-error', 'source-chart', 'foreign-lines', 'foreign-verb', 'kubectl-warning'],
  ...['state-and', 'state-container', 'state-detail', 'state-in-brackets', 'state-init-container', 'diagnose-bad'],
])

const codes = Object.keys(englishTexts).sort()
const english: Readonly<Record<string, string>> = englishTexts

describe.each(others)('the messages in %s', async (code) => {
  const { messages } = await languageOf(code)

  it('are those of the catalogue', () => {
    expect(Object.keys(messages).sort()).toEqual(codes)
  })

  it('have the same parameters and as many plural forms', () => {
    const shape = (text = '') => ({ names: placeholders(text).sort(), forms: pluralForms(text).length })
    for (const each of codes) expect({ each, ...shape(messages[each]) }).toEqual({ each, ...shape(english[each]) })
  })

  it('have no plural form that is empty', () => {
    for (const each of codes)
      for (const form of pluralForms(messages[each] ?? '')) expect(form.trim(), each).not.toBe('')
  })

  it('are translated', () => {
    expect(codes.filter((each) => messages[each] === english[each] && !SAME.has(each))).toEqual([])
  })

  it('show no English sentence on the page', () => {
    const found = codes.flatMap((each) => {
      const params = Object.fromEntries(placeholders(english[each] ?? '').map((name) => [name, name === 'n' ? 2 : '·']))
      const shown = renderMessage({ code: each, params }, english[each] ?? '', messages)
      const sentence = englishSentence(shown, code)
      return sentence === undefined ? [] : [`${each}: ${sentence}`]
    })
    expect(found).toEqual([])
  })
})

describe('the look for English sentences', () => {
  it('finds those of the catalogue', () => {
    const sentences = codes.filter((each) => /^[A-Z].*\.$/.test(english[each] ?? ''))
    const missed = sentences.filter(
      (each) => englishSentence((english[each] ?? '').replace(/\{\w+\}/g, '·'), 'vi') === undefined,
    )
    expect(sentences.length).toBeGreaterThan(100)
    expect(missed.length / sentences.length).toBeLessThan(0.15)
  })

  it('lets Vietnamese with the terms of Kubernetes pass', () => {
    expect(
      englishSentence('Drain node này: xóa 3 pod, Deployment và ReplicaSet giữ nguyên. kubectl rollout status', 'vi'),
    ).toBe(undefined)
  })
})

describe('the catalogue', () => {
  it('has the parameters that its English texts name: see npm run messages', () => {
    const path = fileURLToPath(new URL('../../../shared/messages/params.ts', import.meta.url))
    expect(readFileSync(path, 'utf8')).toBe(messageParams())
  })

  it('names its codes in kebab-case', () => {
    expect(codes.filter((each) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(each))).toEqual([])
  })
})
