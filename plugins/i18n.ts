import { createI18n } from 'vue-i18n'
import { defaultLocale, firstTexts, loadLocale, loadResultNotes } from '../locales'
import type { LocaleCode, Messages } from '../locales'

export default defineNuxtPlugin(async (nuxtApp) => {
  const settings = useSettingsStore()
  const messages: Record<string, Partial<Messages>> = { [defaultLocale]: firstTexts }
  // Messages are interpreted instead of compiled: the content security policy allows no eval.
  const i18n = createI18n({ legacy: false, locale: defaultLocale, fallbackLocale: defaultLocale, messages })

  /** If a language cannot be loaded, the page keeps the current one. */
  async function speak(locale: LocaleCode): Promise<void> {
    if (locale !== defaultLocale) {
      const texts = await loadLocale(locale).catch(() => undefined)
      if (!texts || settings.locale !== locale) return
      i18n.global.setLocaleMessage(locale, texts)
      void addNotes(locale, texts)
    }
    i18n.global.locale.value = locale
  }

  /** Approvals and results show these in English until they are loaded. */
  async function addNotes(locale: LocaleCode, texts: Messages): Promise<void> {
    const resultNotes = await loadResultNotes(locale).catch(() => undefined)
    const all = { ...texts, resultNotes }
    if (resultNotes) i18n.global.setLocaleMessage(locale, all)
  }
  await speak(settings.locale)
  watch(
    () => settings.locale,
    (locale) => void speak(locale),
  )
  nuxtApp.vueApp.use(i18n)
})
