/** Escape stops the answer, unless it closes an open overlay. */
import { useEventListener } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

const openLayers = '[role="dialog"][data-state="open"], [role="menu"][data-state="open"], [role="alertdialog"]'

export function useStopOnEscape(isBusy: MaybeRefOrGetter<boolean>, stop: () => void): void {
  function onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || !toValue(isBusy)) return
    const isInLayer = event.target instanceof Element && event.target.closest('[data-layer]') !== null
    if (!isInLayer && document.querySelector(openLayers) === null) stop()
  }
  // In the capture phase, before the key closes the overlay.
  useEventListener(window, 'keydown', onKeydown, true)
}
