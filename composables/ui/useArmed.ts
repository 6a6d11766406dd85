/**
 * Whether what approves can be pressed. Not for a moment after the page has moved, since approvals came or were answered: a
 * press that was meant for something else, or the second of two, must not approve what nobody has read.
 */
import { readonly } from 'vue'

const delay = 500
/** One for the page: what comes moves all that was there. */
const isArmed = ref(false)
let timer: ReturnType<typeof setTimeout> | undefined

function disarm(): void {
  isArmed.value = false
  clearTimeout(timer)
  timer = setTimeout(() => (isArmed.value = true), delay)
}

export function useArmed() {
  onMounted(disarm)
  return { isArmed: readonly(isArmed), disarm }
}
