/** Revisions of a workload: a Deployment's ReplicaSets, or a StatefulSet's or DaemonSet's ControllerRevisions. */
import { containersOf } from '../describe/containers'
import { ageOf, at, numberAt, textAt } from '../../kubernetes/read/fields'
import { listObjects } from '../../kubernetes/list/list'
import { selectorText } from '../../../shared/kubernetes/selectors'
import { isOwnedBy } from '../../kubernetes/read/owners'
import type { KubeObject } from '../../kubernetes/types'
import type { ToolContext } from '../tool'

export interface Revision {
  number: number
  /** Of the ReplicaSet or ControllerRevision. */
  name: string
  template: unknown
  cause: string
  created: string | undefined
  /** Pods of this revision; undefined for a ControllerRevision, which has no count. */
  replicas: number | undefined
  current: boolean
}

const REVISION = 'deployment.kubernetes.io/revision'
const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/** Newest first. */
export async function listRevisions(object: KubeObject, { cluster, signal }: ToolContext): Promise<Revision[]> {
  const isDeployment = object.kind === 'Deployment'
  const kind = isDeployment ? 'apps/v1/ReplicaSet' : 'apps/v1/ControllerRevision'
  const { resource } = await cluster.discovery.find(kind, signal)
  const { name, namespace } = object.metadata
  const labelSelector = selectorText(at(object, 'spec', 'selector'))
  const { items } = await listObjects(cluster, { resource, namespace, labelSelector, signal })
  const own = items.filter((item) => isOwnedBy(item, object.kind ?? '', new Set([name])))
  const revisions = own.map((item) => (isDeployment ? ofReplicaSet(item, object) : ofControllerRevision(item, object)))
  revisions.sort((one, other) => other.number - one.number)
  const [newest] = revisions
  // A DaemonSet does not name its current revision.
  if (newest && !revisions.some(({ current }) => current)) newest.current = true
  return revisions
}

function ofReplicaSet(set: KubeObject, deployment: KubeObject): Revision {
  const number = textAt(set, 'metadata', 'annotations', REVISION)
  return {
    ...common(set),
    number: Number(number),
    template: at(set, 'spec', 'template'),
    replicas: numberAt(set, 'status', 'replicas') ?? 0,
    current: number !== '' && number === textAt(deployment, 'metadata', 'annotations', REVISION),
  }
}

function ofControllerRevision(revision: KubeObject, workload: KubeObject): Revision {
  return {
    ...common(revision),
    number: numberAt(revision, 'revision') ?? 0,
    template: at(revision, 'data', 'spec', 'template'),
    replicas: undefined,
    current: revision.metadata.name === textAt(workload, 'status', 'updateRevision'),
  }
}

function common({ metadata }: KubeObject) {
  return { name: metadata.name, cause: metadata.annotations?.[CHANGE_CAUSE] ?? '', created: metadata.creationTimestamp }
}

function imagesOf({ template }: Revision): string {
  const images = containersOf(template).map(({ spec }) => textAt(spec, 'image'))
  return [...new Set(images)].join(', ')
}

/** @param now milliseconds since the epoch */
export function revisionRow(revision: Revision, now: number): string[] {
  const { number, current, replicas, cause, created } = revision
  return [
    ...[String(number), current ? 'yes' : '', replicas === undefined ? '' : String(replicas)],
    ...[imagesOf(revision), cause, ageOf(created, now)],
  ]
}

export const REVISION_COLUMNS = ['REVISION', 'CURRENT', 'PODS', 'IMAGES', 'CHANGE-CAUSE', 'AGE']
