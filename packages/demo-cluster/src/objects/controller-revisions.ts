/** ControllerRevisions: the stored templates of StatefulSets and DaemonSets. */
import { metadata, safeSuffix, type Scene } from '../scene'
import { podSetKey, type State } from '../state/state'
import type { ControllerRevision, DaemonSet, StatefulSet } from '../types'

export function buildControllerRevisions(
  scene: Scene,
  state: State,
  sets: (StatefulSet | DaemonSet)[],
): ControllerRevision[] {
  return sets.flatMap((set) => {
    const { namespace = '', name } = set.metadata
    const kind = set.kind === 'DaemonSet' ? 'DaemonSet' : 'StatefulSet'
    const podSet = state.podSets.get(podSetKey({ kind, namespace, name }))
    return (podSet?.revisions ?? []).map(({ number, createdAt, template }) => ({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: metadata(scene, {
        kind: 'ControllerRevision',
        namespace,
        name: `${name}-${safeSuffix(`revision/${namespace}/${name}/${number}`, 10)}`,
        createdAt,
        labels: template.metadata.labels,
        owner: set,
      }),
      revision: number,
      data: { spec: { template } },
    }))
  })
}
