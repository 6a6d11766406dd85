/** Parts that are needed when there may be no server left to load them from. */
import { useTimeoutFn } from '@vueuse/core'

/** After this the page has drawn, and what it loads is in nobody's way. In milliseconds. */
const SETTLED_MS = 2000

/** Loads them once the page has settled, and then sets the User Timing mark `loaded-ahead`. */
export function useLoadedAhead(...parts: (() => Promise<unknown>)[]): void {
  const { start } = useTimeoutFn(
    () =>
      Promise.all(parts.map((load) => load())).then(
        () => performance.mark('loaded-ahead'),
        // They are loaded when they are needed, as they would be otherwise.
        () => undefined,
      ),
    SETTLED_MS,
    { immediate: false },
  )
  onNuxtReady(start)
}
