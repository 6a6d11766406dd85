/** The page's texts in the language of the settings. */
import { messageTexts, setLanguage } from '../composables/ui/useText'
import { defaultLocale, loadMessages, loadUiTexts } from '../i18n'
import type { LocaleCode } from '#shared/locales'

export default defineNuxtPlugin(async () => {
  const settings = useSettingsStore()

  /** A language that cannot be fetched leaves the page in the one it has. */
  async function speak(locale: LocaleCode): Promise<void> {
    if (locale === defaultLocale) {
      messageTexts.value = undefined
      return setLanguage(locale)
    }
    const messagesOfLocale = loadMessages(locale).catch(() => undefined)
    const texts = await loadUiTexts(locale).catch(() => undefined)
    if (!texts || settings.locale !== locale) return
    setLanguage(locale, texts)
    // The page does not wait for them: until then messages are shown in English.
    void messagesOfLocale.then((found) => {
      if (settings.locale === locale) messageTexts.value = found
    })
  }
  await speak(settings.locale)
  watch(
    () => settings.locale,
    (locale) => void speak(locale),
  )
})
