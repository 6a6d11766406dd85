/** What needs attention in the cluster or namespace in sight, computed by the server's checks without the model. */
import { resultPartSchema } from '#shared/result'
import type { FindingsResult } from '#shared/findings'
import { serverFetch } from '../utils/connection/serverFetch'

/** For how long an answer is shown again without a request: each one reads much of the cluster. In milliseconds. */
const FRESH_MS = 30_000

export const useFindingsStore = defineStore('findings', () => {
  const health = useHealthStore()
  const scope = useScopeStore()
  const found = shallowRef<{ url: string; at: number; result: FindingsResult }>()
  const isReading = ref(false)
  /** True if the newest request failed. The health alert says why. */
  const hasFailed = ref(false)
  let reading: AbortController | undefined

  const url = computed(() => {
    const query = new URLSearchParams(health.inCluster())
    if (scope.namespace !== undefined) query.set('namespace', scope.namespace)
    return `api/findings?${query.toString()}`
  })
  /** Those of the scope in sight. */
  const result = computed(() => (found.value?.url === url.value ? found.value.result : undefined))

  /** @param isForced also if the last answer is fresh */
  async function read(isForced = false): Promise<void> {
    const own = url.value
    if (!isForced && found.value?.url === own && Date.now() - found.value.at < FRESH_MS) return
    reading?.abort()
    const stop = (reading = new AbortController())
    isReading.value = true
    hasFailed.value = false
    try {
      const response = await serverFetch(own, { signal: stop.signal })
      const part = resultPartSchema.parse(await response.json())
      if (part.kind === 'findings') found.value = { url: own, at: Date.now(), result: part }
      else if (reading === stop) hasFailed.value = true
    } catch {
      if (reading === stop) hasFailed.value = true
    } finally {
      if (reading === stop) isReading.value = false
    }
  }

  return { url, result, isReading, hasFailed, read }
})
