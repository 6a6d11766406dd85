/** Moments as the user's settings show them: local, or in UTC on demand. */
import { formatMoment, withLocalTimes, type Clock } from '../../utils/browser/moments'

/** Only the day matters, so that a tick formats nothing. In milliseconds. */
const MINUTE = 60_000

export function useTimes() {
  const { locale } = useText()
  const { times } = useSettings()
  const now = useNow()
  const minute = computed(() => now.value - (now.value % MINUTE))
  const clock = computed<Clock>(() => ({ zone: times.value, locale: locale.value, now: minute.value }))

  return {
    /** @param ms milliseconds since the epoch */
    moment: (ms: number, precision?: 'seconds' | 'minutes') => formatMoment(ms, clock.value, precision),
    /** A text with its UTC times in the chosen zone. */
    timesIn: (text: string) => withLocalTimes(text, clock.value),
    toggleZone: () => (times.value = times.value === 'utc' ? 'local' : 'utc'),
  }
}
