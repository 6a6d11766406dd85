/** Seconds since something started, updated while it runs. */
import { useIntervalFn } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

export function useElapsed(isRunning: MaybeRefOrGetter<boolean>) {
  const seconds = ref(0)
  let start = 0
  const count = () => (seconds.value = Math.round((Date.now() - start) / 1000))
  const { pause, resume } = useIntervalFn(count, 1000, { immediate: false })

  watch(
    () => toValue(isRunning),
    (running) => {
      pause()
      if (!running) return
      seconds.value = 0
      start = Date.now()
      resume()
    },
    { immediate: true },
  )
  return seconds
}
