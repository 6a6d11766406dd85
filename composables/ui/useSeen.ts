/** Calls back once the element was in sight for a moment without a break. */
import { useIntersectionObserver, useTimeoutFn } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

const MOMENT_MS = 500
/** Share of the element, or of the view if the element is larger, that counts as in sight. */
const SHARE = 0.5

export function useSeen(element: MaybeRefOrGetter<HTMLElement | null | undefined>, onSeen: () => void): void {
  const { start, stop } = useTimeoutFn(
    () => {
      onSeen()
      end()
    },
    MOMENT_MS,
    { immediate: false },
  )
  const { stop: end } = useIntersectionObserver(
    () => toValue(element),
    ([entry]) => {
      if (!entry) return
      const { intersectionRect, boundingClientRect, rootBounds } = entry
      const whole = Math.min(boundingClientRect.height, rootBounds?.height ?? window.innerHeight)
      if (whole > 0 && intersectionRect.height >= whole * SHARE) start()
      else stop()
    },
    { threshold: [0, 0.25, 0.5, 0.75, 1] },
  )
}
