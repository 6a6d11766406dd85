/** Names of the shown cluster's namespaces and usual objects, for completion. Read when asked for, kept for a minute. */
import type { ResourceReference } from '#shared/embed'
import type { IndexedKind } from '../../utils/prompt/indexedKinds'
import { readIndex } from '../../utils/prompt/objectIndex'

const KEPT_MS = 60_000

interface Kept {
  readAt: number
  objects: Promise<ResourceReference[]>
}

/** By cluster and kind. */
const kept = new Map<string, Kept>()

export function useNameIndex() {
  const clusters = useClusterStore()

  /** @returns nothing if the cluster cannot be read or the kind is forbidden */
  function objectsOf(kind: IndexedKind): Promise<ResourceReference[]> {
    const key = `${clusters.current ?? ''}/${kind}`
    const known = kept.get(key)
    if (known && Date.now() - known.readAt < KEPT_MS) return known.objects
    const objects = readIndex(kind).catch(() => {
      kept.delete(key)
      return []
    })
    kept.set(key, { readAt: Date.now(), objects })
    return objects
  }

  async function namespaceNames(): Promise<ReadonlySet<string>> {
    return new Set((await objectsOf('namespaces')).map(({ name }) => name))
  }

  return { objectsOf, namespaceNames }
}
