/**
 * Enables approve buttons only a moment after the last layout shift: a press that was meant for something else must not
 * approve.
 */
import { useTimeoutFn } from '@vueuse/core'
import { readonly } from 'vue'

const DELAY_MS = 500
/** One for the page: new cards move everything. */
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
