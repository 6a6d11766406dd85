import { createI18n } from 'vue-i18n'
import { defaultLocale, locales } from '../locales'

export default defineNuxtPlugin((nuxtApp) => {
  // Messages are interpreted, not compiled to code: the page's content security policy allows no eval.
  nuxtApp.vueApp.use(createI18n({ legacy: false, locale: defaultLocale, fallbackLocale: 'en', messages: locales }))
})
