/** A direct read of the cluster for one view: read when its call changes, and again on demand. */
import type { InjectionKey, MaybeRefOrGetter, Ref } from 'vue'
import type { ResultPart } from '#shared/result'
import type { ObjectRead } from '../../utils/object/objectReads'
import { readCluster, ReadRefusedError } from '../../utils/read/readCluster'

/** How often everything in a panel was to be read again. */
export const readAgainCount: InjectionKey<Ref<number>> = Symbol('readAgainCount')

/** @param wanted undefined: nothing is read */
export function useClusterRead(wanted: MaybeRefOrGetter<ObjectRead | undefined>) {
  const result = shallowRef<ResultPart>()
  const isReading = ref(false)
  const hasFailed = ref(false)
  let running: AbortController | undefined

  async function read(): Promise<void> {
    const call = toValue(wanted)
    running?.abort()
    const own = new AbortController()
    running = own
    hasFailed.value = false
    isReading.value = call !== undefined
    if (!call) return
    try {
      const read = await readCluster(call, { signal: own.signal })
      if (own === running) result.value = read
    } catch (error) {
      if (own !== running) return
      // The cluster's own answer, such as "not found".
      if (error instanceof ReadRefusedError) result.value = error.result
      else hasFailed.value = true
    } finally {
      if (own === running) isReading.value = false
    }
  }

  const key = computed(() => JSON.stringify(toValue(wanted)))
  watch(
    key,
    () => {
      result.value = undefined
      void read()
    },
    { immediate: true },
  )
  watch(inject(readAgainCount, ref(0)), () => void read())
  onScopeDispose(() => running?.abort())
  return { result, isReading, hasFailed, read }
}
