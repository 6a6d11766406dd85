/** The user's settings in Local Storage. Nuxt UI stores the colour mode. */
import { z } from 'zod'
import { isLocaleCode, localeFor } from '../i18n'
import type { LocaleCode } from '../i18n'
import { readStored, writeStored } from '../utils/browser/localStore'

const settingsSchema = z.object({
  wrapLogs: z.boolean(),
  // An unknown language leaves the other settings intact.
  language: z.custom<LocaleCode>(isLocaleCode).optional().catch(undefined),
})
type Settings = z.infer<typeof settingsSchema>

export const useSettingsStore = defineStore('settings', () => {
  const stored = readStored<Settings>('settings', settingsSchema, { wrapLogs: false })
  const wrapLogs = ref(stored.wrapLogs)
  /** Undefined: the host's or the browser's languages decide. */
  const language = ref(stored.language)
  /** The language of the host of the page's frame, as a BCP 47 tag. Not stored. */
  const hostLanguage = ref<string>()
  const locale = computed<LocaleCode>(
    () => language.value ?? localeFor(hostLanguage.value === undefined ? navigator.languages : [hostLanguage.value]),
  )
  watch([wrapLogs, language], () => writeStored('settings', { wrapLogs: wrapLogs.value, language: language.value }))
  return { wrapLogs, language, hostLanguage, locale }
})
