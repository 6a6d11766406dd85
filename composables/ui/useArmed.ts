/**
 * Whether what approves can be pressed. Not for a moment after the page has moved, since approvals came or were answered: a
 * press that was meant for something else, or the second of two, must not approve what nobody has read.
 */
import { useTimeoutFn } from '@vueuse/core'
import { readonly } from 'vue'

const DELAY_MS = 500
/** One for the page: what comes moves all that was there. */
const isArmed = ref(false)
const timer = effectScope(true).run(() => useTimeoutFn(() => (isArmed.value = true), DELAY_MS, { immediate: false }))

function disarm(): void {
  isArmed.value = false
  timer?.start()
}

export function useArmed() {
  onMounted(disarm)
  return { isArmed: readonly(isArmed), disarm }
}
