/** The user's settings in Local Storage. Nuxt UI stores the colour mode. */
import { z } from 'zod'
import { isLocaleCode, localeFor } from '../i18n'
import type { LocaleCode } from '#shared/locales'
import { onStoredElsewhere, readStored, writeStored } from '../utils/browser/localStore'

// An unknown value leaves the other settings intact.
const settingsSchema = z.object({
  /** Height of the rows of tables and logs. */
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  /** Zone in which times of day are shown. */
  times: z.enum(['local', 'utc']).catch('local'),
  /** Long log lines break instead of scrolling. */
  wrapLogs: z.boolean().catch(false),
  /** Tables are read again while they are in sight, unless switched off at the table. */
  live: z.boolean().catch(false),
  /** The browser shows a notification when an approval waits and the page is out of sight. */
  notify: z.boolean().catch(false),
  /** Undefined: the host's or the browser's languages decide. */
  language: z.custom<LocaleCode>(isLocaleCode).optional().catch(undefined),
})
type Settings = z.infer<typeof settingsSchema>

const read = () => ({
  language: undefined,
  ...readStored<Settings>('settings', settingsSchema, settingsSchema.parse({})),
})

export const useSettingsStore = defineStore('settings', () => {
  const settings = reactive(read())
  onStoredElsewhere('settings', () => void Object.assign(settings, read()))
  watch(settings, (now) => writeStored('settings', now))
  /** The language of the host of the page's frame, as a BCP 47 tag. Not stored. */
  const hostLanguage = ref<string>()
  const locale = computed<LocaleCode>(
    () => settings.language ?? localeFor(hostLanguage.value === undefined ? navigator.languages : [hostLanguage.value]),
  )
  return { ...toRefs(settings), hostLanguage, locale }
})
