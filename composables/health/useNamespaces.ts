/** The cluster's namespaces, read when the component is set up. */
import { readCluster } from '../../utils/read/readCluster'

export function useNamespaces() {
  const { t } = useText()
  const names = shallowRef<readonly string[]>([])
  const isReading = ref(true)
  /** Why there is no list; names can still be typed. */
  const problem = ref<string>()
  const stop = new AbortController()
  onScopeDispose(() => stop.abort())

  async function read(): Promise<void> {
    try {
      const call = { tool: 'kubectl_get', arguments: { resource: 'namespaces' } }
      const result = await readCluster(call, { signal: stop.signal })
      if (result.kind === 'table') {
        const column = result.columns.indexOf('NAME')
        names.value = result.rows.flatMap((row) => row[column] ?? []).sort()
      } else problem.value = t('scope.notListed')
    } catch {
      problem.value = t('scope.notListed')
    } finally {
      isReading.value = false
    }
  }
  void read()
  return { names, isReading, problem }
}
