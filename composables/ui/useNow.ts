/** The server's time in milliseconds since the epoch, updated every second by one timer for the whole page. */
import { createSharedComposable, useIntervalFn } from '@vueuse/core'
import { serverNow } from '../../utils/connection/serverClock'

export const useNow = createSharedComposable(() => {
  const now = ref(serverNow())
  useIntervalFn(() => (now.value = serverNow()), 1000)
  return now
})
