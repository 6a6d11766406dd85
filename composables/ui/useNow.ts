/** The server's time in milliseconds since the epoch, updated every second. */
import { useIntervalFn } from '@vueuse/core'
import { serverNow } from '../../utils/connection/serverClock'

export function useNow() {
  const now = ref(serverNow())
  useIntervalFn(() => (now.value = serverNow()), 1000)
  return now
}
