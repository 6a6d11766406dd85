/** The page's texts in the language of the settings. */
import { createI18n } from 'vue-i18n'
import { defaultLocale, firstTexts, loadMessages, loadUiTexts } from '../i18n'
import type { LocaleCode, TextTree } from '../i18n'
import { messageTexts } from '../composables/ui/useText'

export default defineNuxtPlugin(async (nuxtApp) => {
  const settings = useSettingsStore()
  const messages: Record<string, TextTree> = { [defaultLocale]: firstTexts }
  // Texts are interpreted, not compiled to code: the page's content security policy allows no eval.
  const i18n = createI18n({ legacy: false, locale: defaultLocale, fallbackLocale: defaultLocale, messages })

  /** A language that cannot be fetched leaves the page in the one it has. */
  async function speak(locale: LocaleCode): Promise<void> {
    if (locale !== defaultLocale) {
      const messagesOfLocale = loadMessages(locale).catch(() => undefined)
      const texts = await loadUiTexts(locale).catch(() => undefined)
      if (!texts || settings.locale !== locale) return
      i18n.global.setLocaleMessage(locale, texts)
      // The page is there before them: until then messages are shown in English.
      void messagesOfLocale.then((found) => {
        if (settings.locale === locale) messageTexts.value = found
      })
    } else messageTexts.value = undefined
    i18n.global.locale.value = locale
  }
  await speak(settings.locale)
  watch(
    () => settings.locale,
    (locale) => void speak(locale),
  )
  nuxtApp.vueApp.use(i18n)
})
