import { createI18n } from 'vue-i18n'
import { defaultLocale, locales } from '../locales'

export default defineNuxtPlugin((nuxtApp) => {
  const settings = useSettingsStore()
  // Messages are interpreted, not compiled to code: the page's content security policy allows no eval.
  const i18n = createI18n({ legacy: false, locale: settings.locale, fallbackLocale: defaultLocale, messages: locales })
  watch(
    () => settings.locale,
    (locale) => (i18n.global.locale.value = locale),
  )
  nuxtApp.vueApp.use(i18n)
})
