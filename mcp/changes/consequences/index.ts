/** Side effects of a change: dependents, restarts, irreversible losses. */
import type { ResultNote } from '../../../shared/result'
import type { Cluster } from '../../kubernetes/types'
import { inParallel } from '../../kubernetes/list/in-parallel'
import { changeOf, managersOf } from '../managers'
import type { FactOptions } from '../managers'
import { openReads } from '../managers/reads'
import type { Operation } from '../types'
import { deletionConsequences } from './deletion'
import { immutableNote } from './immutable'
import { nodeNotes } from './node'
import { podNotes } from './pod'
import { rolloutNotes } from './rollout'
import { scalingNotes } from './scaling'
import type { Consequences } from './types'

export { immutableNote } from './immutable'
export type { Consequences } from './types'

/**
 * Bounded in time; a note reports unread objects.
 * @throws KubeError only if it concerns every call
 */
export async function consequencesOf(
  operation: Operation,
  cluster: Cluster,
  signal: AbortSignal,
  { after, reads = openReads(cluster, signal) }: FactOptions = {},
): Promise<Consequences> {
  const change = await changeOf(operation, reads, after)
  switch (operation.verb) {
    case 'delete':
      return deletionConsequences(change, reads)
    case 'evict':
      return { notes: podNotes(change), deletes: 1 }
    case 'create':
      return { notes: [], deletes: 0 }
    case 'update': {
      const { group, kind } = operation.resource
      const immutable = immutableNote(operation, change.effect)
      const scaling = await scalingNotes(change, reads)
      const node = group === '' && kind === 'Node' ? (await nodeNotes(change, reads)).notes : []
      return { notes: [...rolloutNotes(change), ...scaling, ...node, ...(immutable ? [immutable] : [])], deletes: 0 }
    }
  }
}

export interface Facts {
  /** For each operation, in order. */
  objects: ResultNote[][]
  deletes: number
  confirm?: string
}

const AT_ONCE = 8

/**
 * All facts of a card except the diff: each object's managers and side effects. Operations share reads, which take at
 * most 3 seconds.
 * @throws KubeError only if it concerns every call
 */
export async function factsOf(
  planned: readonly { operation: Operation; result: unknown }[],
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Facts> {
  const reads = openReads(cluster, signal)
  const each = await inParallel(planned, AT_ONCE, async ({ operation, result }) => {
    const options = { after: result, reads }
    const [managers, consequences] = await Promise.all([
      managersOf(operation, cluster, signal, options),
      consequencesOf(operation, cluster, signal, options),
    ])
    const isRecreated = managers.some(({ code }) => code === 'lasting-removal-source')
    const own = consequences.notes.filter(({ code }) => code !== 'not-undone' || !isRecreated)
    return { notes: [...own, ...managers], consequences }
  })
  const deletes = each.reduce((sum, { consequences }) => sum + consequences.deletes, 0)
  const [only, ...others] = each
  const confirm = others.length === 0 ? only?.consequences.confirm : undefined
  return { objects: each.map(({ notes }) => notes), deletes, ...(confirm !== undefined && { confirm }) }
}
