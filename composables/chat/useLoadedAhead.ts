/** Preloads parts that may be needed when the server is no longer reachable. */
import { useTimeoutFn } from '@vueuse/core'

/** After this time, loading does not delay the first rendering. In milliseconds. */
const SETTLED_MS = 2000

/** Loads the parts once the page has settled, between the User Timing marks `load-ahead` and `loaded-ahead`. */
export function useLoadedAhead(...parts: (() => Promise<unknown>)[]): void {
  const { start } = useTimeoutFn(
    () => {
      performance.mark('load-ahead')
      return Promise.all(parts.map((load) => load())).then(
        () => performance.mark('loaded-ahead'),
        // On failure they are loaded when needed.
        () => undefined,
      )
    },
    SETTLED_MS,
    { immediate: false },
  )
  onNuxtReady(start)
}
