import { describe, expect, it } from 'vitest'
import { languageOf, readIntent } from '@k8s-ai-assistant/demo-model/question'
import { loadLocale, localeFor } from '../../../locales'

const locales = { en: await loadLocale('en'), vi: await loadLocale('vi') }

/** Every text by its path, e.g. `prompt.send`. */
function textsOf(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null
      ? textsOf(inner, `${prefix}${key}.`)
      : [[prefix + key, String(inner)] satisfies [string, string]],
  )
}

/** The names that each plural form of a text fills in, in no order of their own. */
function placeholders(text: string): string[][] {
  return text.split(' | ').map((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort())
}

describe('the Vietnamese locale', () => {
  const english = new Map(textsOf(locales.en))
  const vietnamese = textsOf(locales.vi)

  it('has the keys of the English one', () => {
    expect(vietnamese.map(([path]) => path).sort()).toEqual([...english.keys()].sort())
  })

  it('has as many plural forms, with the same placeholders', () => {
    for (const [path, text] of vietnamese)
      expect({ path, in: placeholders(text) }).toEqual({ path, in: placeholders(english.get(path) ?? '') })
  })

  it('has no plural form that is empty', () => {
    for (const [path, text] of [...english, ...vietnamese])
      for (const form of text.split('|')) expect(form.trim(), path).not.toBe('')
  })

  it('says in Vietnamese what is a sentence in English', () => {
    for (const [path, text] of vietnamese) {
      const words = english.get(path) ?? ''
      if (/[a-z] [a-z]+ [a-z]/.test(words)) expect(text, path).not.toBe(words)
    }
  })
})

describe('the questions to begin with', () => {
  const intents = {
    allPods: { type: 'list', kind: 'pods' },
    wrong: { type: 'diagnose', namespace: 'shop' },
    events: { type: 'list', kind: 'events', namespace: 'shop' },
    failing: { type: 'diagnose' },
    nodes: { type: 'list', kind: 'nodes' },
    scale: {
      type: 'write',
      write: { do: 'scale', kind: 'deployment', name: 'web', namespace: 'shop', replicas: 5 },
    },
  }

  it.each(['en', 'vi'] as const)('are understood by the demo model, in %s', (code) => {
    const { notReady, ...others } = locales[code].empty
    for (const [key, intent] of Object.entries(intents) as [keyof typeof intents, object][]) {
      expect(readIntent(others[key]), key).toEqual(intent)
      expect(languageOf(others[key]), key).toBe(code)
    }
    expect(languageOf(notReady)).toBe(code)
    expect(['list', 'diagnose']).toContain(readIntent(notReady).type)
  })
})

describe("the browser's languages", () => {
  it.each([
    [['vi-VN', 'vi', 'en-US'], 'vi'],
    [['en-GB', 'vi'], 'en'],
    [['fr-FR', 'VI'], 'vi'],
    [['fr', 'de'], 'en'],
    // A language whose tag begins with the same letters.
    [['vic', 'de'], 'en'],
    [[], 'en'],
  ])('%j lead to %s', (languages, code) => {
    expect(localeFor(languages)).toBe(code)
  })
})
