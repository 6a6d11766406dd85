/** The page in a frame: what its host told, and what the page tells the host. Connected by utils/embed/frame.ts. */
import type { EmbedContext, FrameMessage, ResourceReference } from '#shared/embed'
import type { HostAbilities } from '#shared/embed/protocol'

type Badge = Omit<Extract<FrameMessage, { type: 'badge' }>, 'type'>

export const useEmbedStore = defineStore('embed', () => {
  const shown = shallowRef<EmbedContext>()
  const removed = ref<string>()
  /** What the host shows; undefined if that is nothing, or if the user removed it. */
  const context = computed(() => {
    const { cluster, clusterName, namespaces = [], resources = [] } = shown.value ?? {}
    const isEmpty = !cluster && !clusterName && namespaces.length === 0 && resources.length === 0
    return isEmpty || JSON.stringify(shown.value) === removed.value ? undefined : shown.value
  })
  /** A question that the user asked outside the prompt, e.g. in the host, and the prompt has not taken yet. */
  const question = ref<string>()
  /** Nothing without a host. */
  const can = ref<HostAbilities>({ navigate: false, open: false })
  const badge = shallowRef<Badge>({ approvals: 0, isBusy: false })
  const isStorageDenied = ref(false)
  /** Sends a message to the host. */
  const post = shallowRef<(message: FrameMessage) => void>()

  function ask(text: string, about: EmbedContext): void {
    removed.value = undefined
    shown.value = about
    question.value = text
  }

  /**
   * Asks the host to show an object on its own page.
   * @param of the cluster of the object; if the server has only one, it is what the host shows
   */
  function navigate(resource: ResourceReference, of: string | undefined): void {
    const cluster = of ?? shown.value?.cluster
    post.value?.({ type: 'navigate', ...(cluster !== undefined && { cluster }), resource })
  }

  return {
    context,
    question,
    can,
    badge,
    isStorageDenied,
    post,
    ask,
    navigate,
    show: (now: EmbedContext) => void (shown.value = now),
    /** Until the host shows something else. */
    removeContext: () => void (removed.value = JSON.stringify(shown.value)),
  }
})
