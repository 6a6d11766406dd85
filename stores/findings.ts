/** What needs attention in the cluster or namespace in sight, computed by the server's checks without the model. */
import type { FindingsResult } from '#shared/findings'
import { readCluster } from '../utils/read/readCluster'

/** For how long a result is shown again without a request: each one reads much of the cluster. In milliseconds. */
const FRESH_MS = 30_000

export const useFindingsStore = defineStore('findings', () => {
  const clusters = useClusterStore()
  const scope = useScopeStore()
  const found = shallowRef<{ place: string; at: number; result: FindingsResult }>()
  const isReading = ref(false)
  /** True if the newest read failed. The health alert says why. */
  const hasFailed = ref(false)
  let reading: AbortController | undefined

  const place = computed(() => `${clusters.current ?? ''}/${scope.namespace ?? ''}`)
  /** Those of the scope in sight. */
  const result = computed(() => (found.value?.place === place.value ? found.value.result : undefined))

  /** @param isForced also if the last result is fresh */
  async function read(isForced = false): Promise<void> {
    const own = place.value
    if (!isForced && found.value?.place === own && Date.now() - found.value.at < FRESH_MS) return
    reading?.abort()
    const stop = (reading = new AbortController())
    isReading.value = true
    hasFailed.value = false
    try {
      const call = { tool: 'diagnose', arguments: scope.namespace === undefined ? {} : { namespace: scope.namespace } }
      const part = await readCluster(call, { signal: stop.signal })
      if (part.kind === 'findings') found.value = { place: own, at: Date.now(), result: part }
    } catch {
      if (reading === stop) hasFailed.value = true
    } finally {
      if (reading === stop) isReading.value = false
    }
  }

  return { place, result, isReading, hasFailed, read }
})
