import { describe, expect, it, vi } from 'vitest'
import { computed } from 'vue'
import { defaultLocale, loadLocale, loadNotes, localeCodes } from '../../../locales'
import type { LocaleCode, Messages } from '../../../locales'
import { note } from '../../../server/preview/note'
import { noteTexts } from '../../../shared/preview-note-texts'
import { noteText } from '../../../utils/noteText'

// Outside a browser vue-i18n does not look for new texts.
vi.stubGlobal('window', new EventTarget())
const { createI18n } = await import('vue-i18n')

/** As the page has it; `fetchNotes` is what it does next. */
async function speaking(locale: LocaleCode) {
  const [english, texts] = [await loadLocale(defaultLocale), await loadLocale(locale)]
  const messages: Record<string, Messages> = { [defaultLocale]: english, [locale]: texts }
  const { global } = createI18n({ legacy: false, locale, fallbackLocale: defaultLocale, messages })
  const fetchNotes = async () => {
    const all = { ...texts, notes: await loadNotes(locale) }
    global.setLocaleMessage(locale, all)
  }
  return { translator: global, fetchNotes }
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

describe.each(localeCodes.filter((code) => code !== defaultLocale))('the notes of previews in %s', async (code) => {
  const notes: Record<string, string> = (await loadNotes(code)) ?? {}
  const { translator, fetchNotes } = await speaking(code)
  await fetchNotes()

  it('are all there, each with the params of the English one', () => {
    const params = (texts: object) =>
      new Map(Object.entries(texts).map(([key, text]) => [key, placeholders(String(text))]))
    expect(params(notes)).toEqual(params(noteTexts))
  })

  it('are sentences of their own, but for what is only words', () => {
    const english = new Map<string, string>(Object.entries(noteTexts))
    const same = Object.entries(notes).filter(([key, text]) => english.get(key) === text)
    expect(same.map(([key]) => key)).toEqual(['as-written'])
  })

  it('are read by vue-i18n as they are written', () => {
    for (const [key, text] of Object.entries(notes)) {
      const params = Object.fromEntries(placeholders(text).map((name) => [name, `{${name}}`]))
      expect(translator.t(`notes.${key}`, params), key).toBe(text)
    }
  })
})

describe('a note on the page', () => {
  const missing = note('missing-in', { object: 'Deployment web', namespace: 'shop' })

  it('is in English as the server has said it', async () => {
    expect(await loadNotes('en')).toBeUndefined()
    expect(noteText(missing, (await speaking('en')).translator)).toBe(
      'Deployment web does not exist in namespace shop.',
    )
  })

  it('is in Vietnamese once its sentences are there, with the params as they came', async () => {
    const { translator, fetchNotes } = await speaking('vi')
    const shown = computed(() => noteText(missing, translator))
    expect(shown.value).toBe(missing.text)
    await fetchNotes()
    expect(shown.value).toBe('Deployment web không tồn tại trong namespace shop.')
    const words = 'Error: "a" | @:app.name {x} <b>'
    expect(noteText(note('api-refuses', { words }), translator)).toBe(`API server từ chối: ${words}`)
  })

  it('is in English where its code is not known, and as it was kept where it has none', async () => {
    const { translator, fetchNotes } = await speaking('vi')
    await fetchNotes()
    const newer = { ...missing, code: 'of-a-newer-server' as 'missing' }
    expect(noteText(newer, translator)).toBe(missing.text)
    expect(noteText('It does not exist.', translator)).toBe('It does not exist.')
  })
})
