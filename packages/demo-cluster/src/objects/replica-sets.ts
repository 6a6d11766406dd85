/** A Deployment's ReplicaSets: one for each revision. */
import { metadata, safeSuffix, type Scene } from '../scene'
import { latest, present, type PodSet, type Revision } from '../state/pod-set'
import type { Deployment, PodTemplate, ReplicaSet } from '../types'
import { replicaSetStatus } from './controller-status'
import { REVISION } from './controllers'

const HASH = 'pod-template-hash'

/** @param template defaults to the table's template */
export function replicaSetName(namespace: string, name: string, template?: PodTemplate): string {
  const seed = template ? `/${JSON.stringify(template)}` : ''
  return `${name}-${safeSuffix(`template/${namespace}/${name}${seed}`, 10)}`
}

export function buildReplicaSet(scene: Scene, podSet: PodSet, revision: Revision, owner: Deployment): ReplicaSet {
  const { spec, metadata: template } = revision.template
  const labels = { ...template.labels, [HASH]: revision.owner.slice(owner.metadata.name.length + 1) }
  const current = revision === latest(podSet)
  const wanted = owner.spec.replicas
  const replicas = current ? wanted : present(revision.slots, scene.now).length
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(scene, {
      kind: 'ReplicaSet',
      namespace: podSet.namespace,
      name: revision.owner,
      createdAt: revision.createdAt,
      generation: 1,
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': String(wanted),
        'deployment.kubernetes.io/max-replicas': String(wanted + Math.ceil(wanted / 4)),
        [REVISION]: String(revision.number),
      },
      owner,
    }),
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { ...template, labels: { ...template.labels, [HASH]: labels[HASH] ?? '' } }, spec },
    },
    status: replicaSetStatus(scene, revision, 1),
  }
}
