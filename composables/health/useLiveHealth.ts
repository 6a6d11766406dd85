/**
 * Keeps the health store as the server is: it is told of every change over a WebSocket, and asks by itself where there is
 * none, while the page is visible: every 10 s, every 5 s while something is not well.
 */
import { backOff } from '../../utils/connection/backOff'
import { openHealthSocket } from '../../utils/connection/healthSocket'

export function useLiveHealth(): void {
  const store = useHealthStore()
  let socket: ReturnType<typeof openHealthSocket> | undefined
  /** The socket has brought something: there is no need to ask. */
  let isLive = false
  let failures = 0
  let polling: ReturnType<typeof setTimeout> | undefined
  let reconnecting: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  async function poll(): Promise<void> {
    clearTimeout(polling)
    await store.refresh()
    clearTimeout(polling)
    if (!isLive && !isStopped && !document.hidden) polling = setTimeout(poll, store.isOk ? 10_000 : 5000)
  }

  function connect(): void {
    clearTimeout(reconnecting)
    if (socket || isStopped) return
    socket = openHealthSocket({
      onHealth: (health) => {
        isLive = true
        failures = 0
        clearTimeout(polling)
        store.hear(health)
      },
      onClosed: () => {
        socket = undefined
        reconnecting = setTimeout(connect, backOff(failures++))
        // What the server said last may be no longer so; and it may be gone.
        if (isLive) void poll()
        isLive = false
      },
    })
  }

  /** The page is looked at again, or the network is back: a connection may have died without a word meanwhile. */
  async function wake(): Promise<void> {
    if (document.hidden) return clearTimeout(polling)
    failures = 0
    connect()
    await poll()
    if (store.isReachable || !socket || isStopped) return
    socket.close()
    socket = undefined
    isLive = false
    connect()
    void poll()
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', wake)
    window.addEventListener('online', wake)
    void wake()
  })
  onUnmounted(() => {
    isStopped = true
    clearTimeout(polling)
    clearTimeout(reconnecting)
    socket?.close()
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
  })
}
