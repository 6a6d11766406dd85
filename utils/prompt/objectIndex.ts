/** Reads the names of a kind's objects. */
import type { ResourceReference } from '#shared/embed'
import { rowReference } from '../embed/rowReference'
import { readCluster } from '../read/readCluster'
import type { IndexedKind } from './indexedKinds'

/** Objects of a kind: the list is for typing, and the first letters narrow it. */
const MAX_OBJECTS = 3000

/** @throws as `readCluster` */
export async function readIndex(kind: IndexedKind): Promise<ResourceReference[]> {
  const result = await readCluster({ tool: 'kubectl_get', arguments: { resource: kind, limit: MAX_OBJECTS } })
  if (result.kind !== 'table') return []
  return result.rows.flatMap((row) => rowReference(result, result.columns, row) ?? [])
}
