/** The cluster and namespace in sight, and the objects that the next question is about. */
import type { ResourceReference } from '#shared/embed'
import { readStored, storeEntry, textsSchema } from '../utils/browser/localStore'
import { clusterHue, isProduction } from '../utils/scope/clusterLook'
import { isSameObject, turnContext } from '../utils/scope/turnContext'

export const useScopeStore = defineStore('scope', () => {
  const { t } = useText()
  const health = useHealthStore()
  const clusters = useClusterStore()
  const session = useSessionStore()
  const embed = useEmbedStore()

  const cluster = computed(() => {
    const { name, context, demo = false } = health.health?.cluster ?? {}
    const choice = clusters.clusters.find(({ id }) => id === clusters.current)
    const label = choice?.name ?? clusters.current ?? context ?? name
    const names = choice ? [choice.id, choice.name] : [name, context]
    return {
      /** Undefined until the server has reported it. */
      label,
      text: label ?? t('status.clusterUnknown'),
      isDemo: demo,
      isProduction: isProduction(session.session?.productionClusters ?? [], names),
      hue: clusterHue(label ?? ''),
    }
  })

  /** Chosen namespaces by cluster. */
  const stored = ref(readStored('namespaces', textsSchema, {}))
  /** Chosen beside what the frame's host shows, until the host shows something else; null: all namespaces. */
  const override = ref<string | null>()
  watch(
    () => embed.context,
    () => (override.value = undefined),
  )

  const chosen = computed(() => {
    if (override.value !== undefined) return override.value ?? undefined
    return embed.context ? undefined : stored.value[cluster.value.label ?? '']
  })
  /** Undefined: all namespaces. */
  const namespace = computed(() => {
    if (chosen.value !== undefined || override.value === null) return chosen.value
    const { namespaces = [] } = embed.context ?? {}
    return namespaces.length === 1 ? namespaces[0] : undefined
  })

  /** @param name undefined for all namespaces */
  function choose(name: string | undefined): void {
    if (embed.context) {
      override.value = name ?? null
      return
    }
    stored.value = storeEntry('namespaces', stored.value, cluster.value.label ?? '', name)
  }

  /** Attached to the next question alone, and to one about their cluster. */
  const objects = shallowRef<readonly ResourceReference[]>([])
  watch(
    () => clusters.current,
    (_, before) => before !== undefined && (objects.value = []),
  )
  function detach(object: ResourceReference): void {
    objects.value = objects.value.filter((each) => !isSameObject(each, object))
  }
  function attach(object: ResourceReference): void {
    detach(object)
    objects.value = [...objects.value, object]
  }

  return {
    cluster,
    namespace,
    choose,
    objects,
    attach,
    detach,
    detachAll: () => void (objects.value = []),
    /** For the next question. */
    turnContext: computed(() => turnContext(embed.context, objects.value, chosen.value)),
  }
})
