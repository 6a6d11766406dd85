import { describe, expect, it } from 'vitest'
import { languageOf as languageOfQuestion, readIntent } from '@k8s-ai-assistant/demo-model/question'
import { defaultLocale, loadUiTexts, localeFor, textAt } from '../../../i18n'
import { fillText } from '../../../shared/messages/format'
import { codes, languageOf, others } from './languages'

const english = await languageOf(defaultLocale)

/** The names that each plural form of a text fills in. */
function placeholders(text: string): string[][] {
  return text.split(' | ').map((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort())
}

describe.each(others)('the texts of the page in %s', async (code) => {
  const { ui } = await languageOf(code)

  it('are those of the English page', () => {
    expect([...ui.keys()].sort()).toEqual([...english.ui.keys()].sort())
  })

  it('have as many plural forms, with the same placeholders', () => {
    for (const [path, text] of ui)
      expect({ path, in: placeholders(text) }).toEqual({ path, in: placeholders(english.ui.get(path) ?? '') })
  })

  it('translate each English sentence', () => {
    for (const [path, text] of ui) {
      const words = english.ui.get(path) ?? ''
      if (/[a-z] [a-z]+ [a-z]/.test(words)) expect(text, path).not.toBe(words)
    }
  })
})

describe.each(codes)('the texts of the page in %s', async (code) => {
  const { ui } = await languageOf(code)
  const texts = await loadUiTexts(code)

  it('have no plural form that is empty', () => {
    for (const [path, text] of ui) {
      expect(textAt(texts, path), path).toBe(text)
      for (const form of text.split('|')) expect(form.trim(), path).not.toBe('')
    }
  })

  it('choose plurals and fill in values', () => {
    const text = (count: number) =>
      fillText(textAt(texts, 'table.rows') ?? '', { n: count.toLocaleString('en') }, count)
    expect(text(5000)).toContain('5,000')
    expect(new Set([text(0), text(1), text(2)]).size).toBe(3)
  })
})

describe('the questions to begin with', () => {
  const intents: [string, object][] = [
    ['allPods', { type: 'list', kind: 'pods' }],
    ['wrong', { type: 'diagnose', namespace: 'shop' }],
    ['events', { type: 'list', kind: 'events', namespace: 'shop' }],
    ['failing', { type: 'diagnose' }],
    ['nodes', { type: 'list', kind: 'nodes' }],
    [
      'scale',
      { type: 'write', write: { do: 'scale', kind: 'deployment', name: 'web', namespace: 'shop', replicas: 5 } },
    ],
  ]

  // The demo model knows these two languages.
  it.each(['en', 'vi'] as const)('are understood by the demo model, in %s', async (code) => {
    const { ui } = await languageOf(code)
    const question = (name: string) => ui.get(`empty.${name}`) ?? ''
    for (const [name, intent] of intents) {
      expect(readIntent(question(name)), name).toEqual(intent)
      expect(languageOfQuestion(question(name)), name).toBe(code)
    }
    expect(languageOfQuestion(question('notReady'))).toBe(code)
    expect(['list', 'diagnose']).toContain(readIntent(question('notReady')).type)
  })
})

describe("the browser's languages", () => {
  it.each([
    [['vi-VN', 'vi', 'en-US'], 'vi'],
    [['en-GB', 'vi'], 'en'],
    [['fr-FR', 'VI'], 'vi'],
    [['qaa', 'qab'], 'en'],
    // A language whose tag begins with the same letters.
    [['vic', 'qaa'], 'en'],
    // A property of every object is not a language.
    [['constructor', 'vi'], 'vi'],
    [[], 'en'],
  ])('%j lead to %s', (tags, code) => {
    expect(localeFor(tags)).toBe(code)
  })
})
