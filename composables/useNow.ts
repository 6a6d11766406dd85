/** The time, in milliseconds since the epoch, looked at every second while it is wanted. */
import type { MaybeRefOrGetter } from 'vue'

export function useNow(isWanted: MaybeRefOrGetter<boolean>) {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined

  watch(
    () => toValue(isWanted),
    (wanted) => {
      clearInterval(timer)
      now.value = Date.now()
      if (wanted) timer = setInterval(() => (now.value = Date.now()), 1000)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
  return now
}
