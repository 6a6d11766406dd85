/** The health of the server, its model and its tools. Updated by useLiveHealth. */
import { briefHealthSchema, healthSchema, type Health } from '#shared/health'
import { serverFetch } from '../utils/connection/serverFetch'

/** After this time a silent server counts as unreachable. Milliseconds. */
const patience = 8000

export const useHealthStore = defineStore('health', () => {
  const health = shallowRef<Health>()
  /** Undefined until the first response or failure. */
  const isReachable = ref<boolean>()
  const isReconnecting = ref(false)

  const isOk = computed(() => isReachable.value === true && health.value?.status === 'ok')

  /** The query that names the shown cluster, if there are several. */
  function inCluster(): string {
    const { current } = useClusterStore()
    return current === undefined ? '' : `?cluster=${encodeURIComponent(current)}`
  }

  /** Counts updates: a response to an older request is outdated. */
  let heard = 0

  /** Accepts a state pushed by the server. */
  function hear(said: Health): void {
    heard++
    health.value = said
    isReachable.value = true
  }

  /** Polls the server. */
  async function refresh(): Promise<void> {
    const before = heard
    try {
      const response = await serverFetch(`health${inCluster()}`, { signal: AbortSignal.timeout(patience) })
      const body: unknown = await response.json()
      const said = healthSchema.safeParse(body)
      if (heard !== before) return
      if (said.success) return hear(said.data)
      // Without a login the server returns only states.
      briefHealthSchema.parse(body)
      isReachable.value = true
      void useSessionStore().refresh()
    } catch {
      if (heard === before) isReachable.value = false
    }
  }

  /**
   * Makes the server open its MCP session again.
   * @throws if that failed
   */
  async function reconnect(): Promise<void> {
    isReconnecting.value = true
    try {
      const response = await serverFetch(`api/mcp/reconnect${inCluster()}`, { method: 'POST' })
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
    } finally {
      await refresh()
      isReconnecting.value = false
    }
  }

  return { health, isReachable, isReconnecting, isOk, inCluster, hear, refresh, reconnect }
})
