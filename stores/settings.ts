/** What a person set on this page, in Local Storage. The colour mode is kept by Nuxt UI. */
import { z } from 'zod'
import { localeCodes, localeFor } from '../locales'
import type { LocaleCode } from '../locales'
import { readStored, writeStored } from '../utils/browser/localStore'

const settingsSchema = z.object({
  wrapLogs: z.boolean(),
  // A language that this version does not have leaves the other settings as they were.
  language: z.enum(localeCodes).optional().catch(undefined),
})
type Settings = z.infer<typeof settingsSchema>

export const useSettingsStore = defineStore('settings', () => {
  const stored = readStored<Settings>('settings', settingsSchema, { wrapLogs: false })
  const wrapLogs = ref(stored.wrapLogs)
  /** Undefined where the browser's languages decide. */
  const language = ref(stored.language)
  const locale = computed<LocaleCode>(() => language.value ?? localeFor(navigator.languages))
  watch([wrapLogs, language], () => writeStored('settings', { wrapLogs: wrapLogs.value, language: language.value }))
  return { wrapLogs, language, locale }
})
