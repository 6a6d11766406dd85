/** Escape stops the answer, unless it closes something that is open or clears a field. */
import { useEventListener } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

const openLayers = '[role="dialog"][data-state="open"], [role="menu"][data-state="open"], [role="alertdialog"]'

export function useStopOnEscape(isBusy: MaybeRefOrGetter<boolean>, stop: () => void): void {
  let isForLayer = false
  // In the capture phase, before the key closes the overlay.
  const before = (event: KeyboardEvent): void => {
    const isInLayer = event.target instanceof Element && event.target.closest('[data-layer]') !== null
    isForLayer = isInLayer || document.querySelector(openLayers) !== null
  }
  // Behind all others, so that a list or a field that uses the key can keep it.
  const after = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !toValue(isBusy)) return
    if (!isForLayer && !event.defaultPrevented) stop()
  }
  useEventListener(window, 'keydown', before, true)
  useEventListener(window, 'keydown', after)
}
