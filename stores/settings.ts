/** The user's settings in Local Storage. Nuxt UI stores the colour mode. */
import { z } from 'zod'
import { isLocaleCode, localeFor } from '../i18n'
import type { LocaleCode } from '#shared/locales'
import { readStored, writeStored } from '../utils/browser/localStore'

// An unknown value leaves the other settings intact.
const settingsSchema = z.object({
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  times: z.enum(['local', 'utc']).catch('local'),
  wrapLogs: z.boolean().catch(false),
  live: z.boolean().catch(false),
  notify: z.boolean().catch(false),
  language: z.custom<LocaleCode>(isLocaleCode).optional().catch(undefined),
})
type Settings = z.infer<typeof settingsSchema>

export const useSettingsStore = defineStore('settings', () => {
  const stored = readStored<Settings>('settings', settingsSchema, settingsSchema.parse({}))
  /** Height of the rows of tables and logs. */
  const density = ref(stored.density)
  /** Zone in which times of day are shown. */
  const times = ref(stored.times)
  /** Long log lines break instead of scrolling. */
  const wrapLogs = ref(stored.wrapLogs)
  /** Tables are read again while they are in sight, unless switched off at the table. */
  const live = ref(stored.live)
  /** The browser shows a notification when an approval waits and the page is out of sight. */
  const notify = ref(stored.notify)
  /** Undefined: the host's or the browser's languages decide. */
  const language = ref(stored.language)
  /** The language of the host of the page's frame, as a BCP 47 tag. Not stored. */
  const hostLanguage = ref<string>()
  const locale = computed<LocaleCode>(
    () => language.value ?? localeFor(hostLanguage.value === undefined ? navigator.languages : [hostLanguage.value]),
  )
  watch([density, times, wrapLogs, live, notify, language], () =>
    writeStored('settings', {
      density: density.value,
      times: times.value,
      wrapLogs: wrapLogs.value,
      live: live.value,
      notify: notify.value,
      language: language.value,
    }),
  )
  return { density, times, wrapLogs, live, notify, language, hostLanguage, locale }
})
