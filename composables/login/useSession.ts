/** Loads the current user at the start, and again when the login has ended. */
import { whenLoginIsNeeded } from '../../utils/connection/serverFetch'

export function useSession() {
  const store = useSessionStore()
  const health = useHealthStore()
  whenLoginIsNeeded(() => void store.refresh())
  void store.refresh()
  // It was unreachable at the start.
  watch(
    () => health.isReachable,
    (isReachable) => {
      if (isReachable && !store.session) void store.refresh()
    },
  )
  return store
}
