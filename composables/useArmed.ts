/**
 * False for a moment after a button has appeared: an answer that grows moves the page, and a press meant for something
 * else must not approve what nobody has read.
 */
const delay = 500

export function useArmed() {
  const isArmed = ref(false)
  const timer = setTimeout(() => (isArmed.value = true), delay)
  onScopeDispose(() => clearTimeout(timer))
  return isArmed
}
