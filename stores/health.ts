/** What the server says of itself, its model and its tools. Kept fresh by useLiveHealth. */
import { briefHealthSchema, healthSchema, type Health } from '#shared/health'
import { serverFetch } from '../utils/connection/serverFetch'

/** A server that does not answer for so long is as good as none. Milliseconds. */
const patience = 8000

export const useHealthStore = defineStore('health', () => {
  const health = shallowRef<Health>()
  /** Undefined until the first answer, or the first that did not come. */
  const isReachable = ref<boolean>()
  const isReconnecting = ref(false)

  const isOk = computed(() => isReachable.value === true && health.value?.status === 'ok')

  /** Counts what was heard: an answer to a question of before is not news. */
  let heard = 0

  /** Takes what the server said by itself. */
  function hear(said: Health): void {
    heard++
    health.value = said
    isReachable.value = true
  }

  /** Asks the server. */
  async function refresh(): Promise<void> {
    const before = heard
    try {
      const response = await serverFetch('health', { signal: AbortSignal.timeout(patience) })
      const body: unknown = await response.json()
      const said = healthSchema.safeParse(body)
      if (heard !== before) return
      if (said.success) return hear(said.data)
      // It tells no more to somebody who is not logged in.
      briefHealthSchema.parse(body)
      isReachable.value = true
      void useSessionStore().refresh()
    } catch {
      if (heard === before) isReachable.value = false
    }
  }

  /** Has the server open its MCP session anew. @throws where it did not */
  async function reconnect(): Promise<void> {
    isReconnecting.value = true
    try {
      const response = await serverFetch('api/mcp/reconnect', { method: 'POST' })
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
    } finally {
      await refresh()
      isReconnecting.value = false
    }
  }

  return { health, isReachable, isReconnecting, isOk, hear, refresh, reconnect }
})
