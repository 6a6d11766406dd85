/** Seconds since something began to run, counted while it does. */
import type { MaybeRefOrGetter } from 'vue'

export function useElapsed(isRunning: MaybeRefOrGetter<boolean>) {
  const seconds = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  watch(
    () => toValue(isRunning),
    (running) => {
      clearInterval(timer)
      if (!running) return
      seconds.value = 0
      const start = Date.now()
      timer = setInterval(() => (seconds.value = Math.round((Date.now() - start) / 1000)), 1000)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
  return seconds
}
