/** The clusters that the user can choose from, and the one of the shown conversation. */
import { clustersSchema, type ClusterChoice } from '#shared/clusters'
import { z } from 'zod'
import { readStored, writeStored } from '../utils/browser/localStore'
import { serverFetch } from '../utils/connection/serverFetch'

export const useClusterStore = defineStore('clusters', () => {
  const conversations = useConversationStore()
  /** Empty if the server has one cluster for all users, or before it answered. */
  const clusters = ref<ClusterChoice[]>([])
  /** For new conversations. */
  const preferred = ref(readStored<string>('cluster', z.string(), ''))
  const embed = useEmbedStore()
  /** The one that a host shows around the frame, until the user chooses another one here. */
  const hosted = ref<string>()
  watch(
    () => embed.context?.cluster,
    (id) => (hosted.value = id),
    { immediate: true },
  )
  const shown = ref('')
  watch(preferred, (id) => writeStored('cluster', id))

  const current = computed(() => clusterOf(shown.value))
  /** Its first question has been asked. */
  const isFixed = computed(() => conversations.find(shown.value)?.cluster !== undefined)

  /** The cluster of a conversation; of a new one, the preferred one. Undefined if there is no choice. */
  function clusterOf(conversation: string): string | undefined {
    const ids = clusters.value.map(({ id }) => id)
    if (ids.length === 0) return undefined
    return (
      conversations.find(conversation)?.cluster ??
      [hosted.value, preferred.value, 'local'].find((id) => id !== undefined && ids.includes(id)) ??
      ids[0]
    )
  }

  /** @param conversation its id; also of a new one */
  function show(conversation: string): void {
    shown.value = conversation
  }

  /** For new conversations; has no effect on those that have begun. */
  function choose(id: string): void {
    preferred.value = id
    hosted.value = undefined
  }

  const known = Promise.withResolvers<void>()

  async function refresh(): Promise<void> {
    const body: unknown = await serverFetch('api/clusters')
      .then((response) => response.json())
      .catch(() => undefined)
    const parsed = clustersSchema.safeParse(body)
    if (parsed.success) clusters.value = parsed.data.clusters
    known.resolve()
  }

  return {
    ...{ clusters, current, isFixed, clusterOf, show, choose, refresh },
    /** Resolves once the server has told the clusters, or could not. */
    known: () => known.promise,
  }
})
