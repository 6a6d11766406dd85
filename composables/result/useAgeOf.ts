/** Seconds since a result was read, for its ages. */
import type { MaybeRefOrGetter } from 'vue'

/** After this time, in seconds, ages change by the minute only: kubectl prints no seconds above ten minutes. */
const BY_MINUTE = 600

/** @param asOf RFC 3339; undefined counts as just read */
export function useAgeOf(asOf: MaybeRefOrGetter<string | undefined>) {
  const now = useNow()
  return computed(() => {
    const read = Date.parse(toValue(asOf) ?? '')
    const seconds = Math.max(0, Math.floor((now.value - read) / 1000)) || 0
    return seconds < BY_MINUTE ? seconds : seconds - (seconds % 60)
  })
}
