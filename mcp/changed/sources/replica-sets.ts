/** The history of a Deployment: the pod template of each ReplicaSet, compared with the one before it. */
import { at as valueAt, timeAt } from '../../../shared/kubernetes/fields'
import { msg } from '../../../shared/messages/create'
import { annotationOf } from '../../changes/managers/marks'
import { controllerOf } from '../../changes/managers/owners/owner-references'
import { keyOf, kindId } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import type { KubeObject } from '../../kubernetes/types'
import { differences } from '../differences'
import type { History } from '../history/history'
import type { Change, Source } from '../types'
import { writerOf, writtenBy } from '../writers'

const REVISION = 'deployment.kubernetes.io/revision'
const HISTORY = 'deployment.kubernetes.io/revision-history'

interface Revision {
  number: number
  set: KubeObject
  /** The set already existed under a lower number. */
  again: number | undefined
}

export const replicaSets: Source = {
  id: 'replica-sets',
  find(history) {
    const byOwner = new Map<string, { owner: Ref; sets: KubeObject[] }>()
    for (const set of history.world.list('apps/ReplicaSet')) {
      const controller = controllerOf(set)
      if (!controller) continue
      const { apiVersion, kind, name } = controller
      const owner = { kind: kindId(apiVersion, kind), namespace: set.metadata.namespace, name }
      const group = byOwner.get(keyOf(owner)) ?? { owner, sets: [] }
      byOwner.set(keyOf(owner), group)
      group.sets.push(set)
    }
    return [...byOwner.values()].flatMap(({ owner, sets }) => changesOf(history, owner, revisionsOf(sets)))
  },
}

/** Oldest first. A set that was rolled back to has its earlier numbers in an annotation. */
function revisionsOf(sets: readonly KubeObject[]): Revision[] {
  const revisions = sets.flatMap((set) => {
    const earlier = (annotationOf(set, HISTORY) ?? '').split(',').filter(Boolean).map(Number)
    const numbers = [...earlier, Number(annotationOf(set, REVISION))].sort((one, other) => one - other)
    return numbers.map((number, index) => ({ number, set, again: numbers[index - 1] }))
  })
  return revisions.filter(({ number }) => number > 0).sort((one, other) => one.number - other.number)
}

function changesOf(history: History, owner: Ref, revisions: readonly Revision[]): Change[] {
  const written = history.written.get(keyOf(owner))
  const changes = revisions.flatMap((revision, index): Change[] => {
    const before = revisions[index - 1]
    if (!before) return []
    const fields = differences(templateOf(before.set), templateOf(revision.set), 'spec.template')
    const paths = fields.map(({ path }) => path)
    const isNewest = index === revisions.length - 1
    const at = revision.again === undefined ? timeAt(revision.set, 'metadata', 'creationTimestamp') : undefined
    const known =
      at ??
      (isNewest
        ? written?.writes.find((each) => writerOf(written, paths, { at: each.at, isNewest }) === each)?.at
        : undefined)
    if (known === undefined || known < history.since) return []
    const write = writerOf(written, paths, { at: known, isNewest })
    const what =
      revision.again === undefined
        ? msg('changed-template', { revision: revision.number })
        : msg('changed-template-back', { revision: revision.number, earlier: revision.again })
    return [{ at: known, source: 'revision', object: owner, what, fields, ...writtenBy(write) }]
  })
  // The later of two in one second comes first.
  return changes.reverse()
}

/** Without the label that the controller adds. */
function templateOf(set: KubeObject): unknown {
  const template = structuredClone(valueAt(set, 'spec', 'template'))
  const labels = valueAt(template, 'metadata', 'labels')
  if (typeof labels === 'object' && labels !== null) Reflect.deleteProperty(labels, 'pod-template-hash')
  return template
}
