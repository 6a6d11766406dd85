/** The history of StatefulSets and DaemonSets: the pod template of each ControllerRevision, compared with the one before. */
import { at as valueAt, numberAt, timeAt } from '../../../shared/kubernetes/fields'
import { msg } from '../../../shared/messages/create'
import { controllerOf } from '../../changes/managers/owners/owner-references'
import { keyOf, kindId } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import type { KubeObject } from '../../kubernetes/types'
import { differences } from '../differences'
import type { Change, Source } from '../types'
import { writerOf, writtenBy } from '../writers'

export const controllerRevisions: Source = {
  id: 'controller-revisions',
  find({ world, written, since }) {
    const byOwner = new Map<string, { owner: Ref; revisions: KubeObject[] }>()
    for (const revision of world.list('apps/ControllerRevision')) {
      const controller = controllerOf(revision)
      if (!controller) continue
      const { apiVersion, kind, name } = controller
      const owner = { kind: kindId(apiVersion, kind), namespace: revision.metadata.namespace, name }
      const group = byOwner.get(keyOf(owner)) ?? { owner, revisions: [] }
      byOwner.set(keyOf(owner), group)
      group.revisions.push(revision)
    }
    return [...byOwner.values()].flatMap(({ owner, revisions }): Change[] => {
      const ordered = revisions.sort((one, other) => numberOf(one) - numberOf(other))
      return ordered.flatMap((revision, index): Change[] => {
        const before = ordered[index - 1]
        if (!before) return []
        const fields = differences(templateOf(before), templateOf(revision), 'spec.template')
        const paths = fields.map(({ path }) => path)
        const isNewest = index === ordered.length - 1
        const object = written.get(keyOf(owner))
        const created = timeAt(revision, 'metadata', 'creationTimestamp') ?? 0
        // A revision that was rolled back to keeps its time and gets a higher number.
        const isBack = created < (timeAt(before, 'metadata', 'creationTimestamp') ?? 0)
        const at =
          isBack && isNewest ? (writerOf(object, paths, { at: world.now, isNewest })?.at ?? newest(object)) : created
        if (at === undefined || at < since) return []
        const what = msg('changed-template', { revision: numberOf(revision) })
        const write = writerOf(object, paths, { at, isNewest })
        return [{ at, source: 'revision', object: owner, what, fields, ...writtenBy(write) }]
      })
    })
  },
}

function newest(object: { writes: { at: number; subresource: string }[] } | undefined): number | undefined {
  return object?.writes.find(({ subresource }) => subresource === '')?.at
}

function numberOf(revision: KubeObject): number {
  return numberAt(revision, 'revision') ?? 0
}

function templateOf(revision: KubeObject): unknown {
  const { $patch: _, ...template } = { ...recordOf(valueAt(revision, 'data', 'spec', 'template')) }
  return template
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
