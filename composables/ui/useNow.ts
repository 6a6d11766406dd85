/** The server's time, in milliseconds since the epoch, looked at every second. */
import { serverNow } from '../../utils/connection/serverClock'

export function useNow() {
  const now = ref(serverNow())
  const timer = setInterval(() => (now.value = serverNow()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
