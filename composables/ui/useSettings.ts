/** The user's settings as refs. */
import { storeToRefs } from 'pinia'

export function useSettings() {
  return storeToRefs(useSettingsStore())
}
