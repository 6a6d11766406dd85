/** Keeps the health store fresh while the page is visible: every 10 s, every 5 s while something is not well. */
export function useHealthPolling(): void {
  const store = useHealthStore()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  async function poll(): Promise<void> {
    clearTimeout(timer)
    await store.refresh()
    if (!isStopped && !document.hidden) timer = setTimeout(poll, store.isOk ? 10_000 : 5000)
  }
  function onVisibility(): void {
    if (document.hidden) clearTimeout(timer)
    else void poll()
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', onVisibility)
    void poll()
  })
  onUnmounted(() => {
    isStopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisibility)
  })
}
