/** The button under the pointer or the keyboard's focus whose `data-hint` is to be shown: one tooltip serves all of them. */
import { onElementRemoval, useEventListener, useTimeoutFn } from '@vueuse/core'

const DELAY_MS = 700

export function useHint() {
  const anchor = shallowRef<HTMLElement>()
  /** Where the pointer is, before the delay has passed. */
  let next: HTMLElement | undefined
  const { start, stop } = useTimeoutFn(() => (anchor.value = next), DELAY_MS, { immediate: false })

  function hide(): void {
    stop()
    next = anchor.value = undefined
  }

  function hinted({ target }: Event): HTMLElement | undefined {
    return (target instanceof Element && target.closest<HTMLElement>('[data-hint]')) || undefined
  }

  useEventListener('pointerover', (event) => {
    const found = event.pointerType === 'touch' ? undefined : hinted(event)
    if (found === next) return
    hide()
    next = found
    if (found) start()
  })
  useEventListener('focusin', (event) => {
    const found = hinted(event)
    hide()
    if (found?.matches(':focus-visible')) anchor.value = next = found
  })
  for (const end of ['focusout', 'pointerdown', 'keydown', 'wheel'] as const)
    useEventListener(end, hide, { passive: true })
  onElementRemoval(anchor, hide)

  return anchor
}
