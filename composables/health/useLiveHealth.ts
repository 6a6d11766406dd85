/**
 * Keeps the health store as the server is: it is told of every change over a WebSocket, and asks by itself where there is
 * none, while the page is visible: every 10 s, every 5 s while something is not well.
 */
import { useEventListener, useTimeoutFn } from '@vueuse/core'
import { backOff } from '../../utils/connection/backOff'
import { openHealthSocket } from '../../utils/connection/healthSocket'

export function useLiveHealth(): void {
  const store = useHealthStore()
  let socket: ReturnType<typeof openHealthSocket> | undefined
  /** The socket has brought something: there is no need to ask. */
  let isLive = false
  let failures = 0
  let isStopped = false
  const polling = useTimeoutFn(poll, () => (store.isOk ? 10_000 : 5000), { immediate: false })
  const reconnecting = useTimeoutFn(connect, () => backOff(failures++), { immediate: false })

  async function poll(): Promise<void> {
    polling.stop()
    await store.refresh()
    polling.stop()
    if (!isLive && !isStopped && !document.hidden) polling.start()
  }

  function connect(): void {
    reconnecting.stop()
    if (socket || isStopped) return
    socket = openHealthSocket({
      onHealth: (health) => {
        isLive = true
        failures = 0
        polling.stop()
        store.hear(health)
      },
      onClosed: () => {
        socket = undefined
        if (!isStopped) reconnecting.start()
        // What the server said last may be no longer so; and it may be gone.
        if (isLive) void poll()
        isLive = false
      },
    })
  }

  /** The page is looked at again, or the network is back: a connection may have died without a word meanwhile. */
  async function wake(): Promise<void> {
    if (document.hidden) return polling.stop()
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

  useEventListener(document, 'visibilitychange', wake)
  useEventListener(window, 'online', wake)
  onMounted(() => void wake())
  onUnmounted(() => {
    isStopped = true
    socket?.close()
  })
}
