/** Notifications of the browser: whether the user wants them, and whether the browser lets the page show any. */

export type NotificationState = 'on' | 'off' | 'blocked' | 'unavailable'

export function useNotifications() {
  const { notify } = useSettings()
  // Over plain HTTP the interface exists, but every request is denied.
  const isAvailable = 'Notification' in window && window.isSecureContext
  const permission = ref(isAvailable ? Notification.permission : 'denied')

  const state = computed<NotificationState>(() => {
    if (!isAvailable) return 'unavailable'
    if (permission.value === 'denied') return 'blocked'
    return notify.value && permission.value === 'granted' ? 'on' : 'off'
  })

  /** Asks the browser if it has not been asked yet. */
  async function change(isWanted: boolean): Promise<void> {
    notify.value = isWanted
    if (isWanted && isAvailable) permission.value = await Notification.requestPermission()
  }

  /** Shows one while the page is out of sight. A later one with the same tag replaces it. */
  function show(title: string, tag: string, onPress: () => void): void {
    if (state.value !== 'on' || !document.hidden) return
    const shown = new Notification(title, { tag })
    shown.onclick = () => {
      window.focus()
      shown.close()
      onPress()
    }
  }

  return { state, change, show }
}
