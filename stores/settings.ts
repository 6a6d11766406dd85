/** What a person set on this page, in Local Storage. The colour mode is kept by Nuxt UI. */
import { z } from 'zod'
import { readStored, writeStored } from '../utils/localStore'

const settingsSchema = z.object({ wrapLogs: z.boolean() })

export const useSettingsStore = defineStore('settings', () => {
  const stored = readStored('settings', settingsSchema, { wrapLogs: false })
  const wrapLogs = ref(stored.wrapLogs)
  watch(wrapLogs, () => writeStored('settings', { wrapLogs: wrapLogs.value }))
  return { wrapLogs }
})
