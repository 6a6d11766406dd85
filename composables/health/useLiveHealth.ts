/**
 * Keeps the health store current over a WebSocket. Without one it polls while the page is visible: every 10 s, or every
 * 5 s during a problem.
 */
import { useEventListener, useTimeoutFn } from '@vueuse/core'
import type { Health } from '#shared/health'
import { backOff } from '../../utils/connection/backOff'
import { openHealthSocket } from '../../utils/connection/healthSocket'

export function useLiveHealth(): void {
  const store = useHealthStore()
  const clusters = useClusterStore()
  let socket: ReturnType<typeof openHealthSocket> | undefined
  /** The socket is live, so polling is unnecessary. */
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
    const hooks = {
      onHealth: (health: Health) => {
        isLive = true
        failures = 0
        polling.stop()
        store.hear(health)
      },
      onClosed: () => {
        socket = undefined
        if (!isStopped) reconnecting.start()
        // The last state may be outdated, and the server may be gone.
        if (isLive) void poll()
        isLive = false
      },
    }
    socket = openHealthSocket(hooks, clusters.current)
  }

  /** The page is visible again, or the network is back: a connection may have died silently. */
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

  watch(
    () => clusters.current,
    (cluster) => {
      socket?.watch(cluster)
      void store.refresh()
    },
  )
  useEventListener(document, 'visibilitychange', wake)
  useEventListener(window, 'online', wake)
  onMounted(() => void wake())
  onUnmounted(() => {
    isStopped = true
    socket?.close()
  })
}
