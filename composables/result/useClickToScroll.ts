/** A panel inside the thread scrolls only after a click or with the keyboard, so that the wheel moves the thread. */
export function useClickToScroll() {
  const isActive = ref(false)
  const on = () => (isActive.value = true)
  const off = () => (isActive.value = false)
  return { isActive, listeners: { pointerdown: on, focusin: on, pointerleave: off } }
}
