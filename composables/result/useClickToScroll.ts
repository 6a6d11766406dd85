import type { InjectionKey } from 'vue'

/** Provided where panels scroll at once, outside the thread. */
export const scrollsAtOnce: InjectionKey<boolean> = Symbol('scrollsAtOnce')

/** A panel inside the thread scrolls only after a click or with the keyboard, so that the wheel moves the thread. */
export function useClickToScroll() {
  const isAlways = inject(scrollsAtOnce, false)
  const isActive = ref(isAlways)
  const on = () => (isActive.value = true)
  const off = () => (isActive.value = isAlways)
  return { isActive, listeners: { pointerdown: on, focusin: on, pointerleave: off } }
}
