/** Asks who the user is when the page begins, and again when the server no longer knows. */
import { whenLoginIsNeeded } from '../../utils/connection/serverFetch'

export function useSession() {
  const store = useSessionStore()
  const health = useHealthStore()
  whenLoginIsNeeded(() => void store.refresh())
  void store.refresh()
  // It did not answer when the page began.
  watch(
    () => health.isReachable,
    (isReachable) => {
      if (isReachable && !store.session) void store.refresh()
    },
  )
  return store
}
