/** Controllers' reactions to clients' writes and deletions. */
import { isDeepStrictEqual } from 'node:util'
import { podTemplate } from '../objects/pod-template'
import { replicaSetName } from '../objects/replica-sets'
import { WORKERS, type Workload } from '../data/workload'
import { writtenLog } from '../data/logs'
import type { Scene } from '../scene'
import type { Desired, Job, KubeObject, PodTemplate } from '../types'
import { latest, type PodSet, type PodSource } from './pod-set'
import { replace, resize, roll } from './pod-set-changes'
import { podSetKey, type State } from './state'

interface Controller extends KubeObject {
  kind: string
  spec: { replicas?: number; paused?: boolean; template: PodTemplate }
}

/** Creates the pods that a controller wants: new ones for another template, more or fewer for the same. */
export function reconcile(state: State, scene: Scene, kind: PodSet['kind'], object: Controller): void {
  const { name, namespace = '' } = object.metadata
  const key = podSetKey({ kind, namespace, name })
  const podSet = state.podSets.get(key) ?? { kind, namespace, name, revisions: [], made: 0, scalings: [], ordinals: [] }
  state.podSets.set(key, podSet)
  const { template } = object.spec
  const isNew = podSet.revisions.length === 0
  // A ReplicaSet and a paused Deployment keep their pods when the template changes.
  if (
    isNew ||
    (kind !== 'ReplicaSet' && !object.spec.paused && !isDeepStrictEqual(latest(podSet)?.template, template))
  ) {
    const known = podSet.revisions.find((each) => isDeepStrictEqual(each.template, template))
    const owner = kind === 'Deployment' ? (known?.owner ?? replicaSetName(namespace, name, template)) : name
    roll(podSet, podSource(template, podSet.row), owner, scene.now, state.room)
  }
  if (kind === 'DaemonSet') {
    if (isNew) resize(podSet, WORKERS.length, scene.now, state.room)
  } else resize(podSet, object.spec.replicas ?? 1, scene.now, state.room)
}

/** Starts all pods of a new Job at once, unless it is suspended. */
export function startJob(state: State, scene: Scene, { metadata, spec }: Desired<Job>): void {
  const { name, namespace = '' } = metadata
  const key = podSetKey({ kind: 'Job', namespace, name })
  const podSet = state.podSets.get(key) ?? newJob(scene, namespace, name, spec.template)
  state.podSets.set(key, podSet)
  if (!spec.suspend && latest(podSet)?.slots.length === 0) resize(podSet, spec.completions, scene.now, state.room)
}

function newJob(scene: Scene, namespace: string, name: string, template: PodTemplate): PodSet {
  const source = podSource(template)
  const behaviour = source.behaviour === 'healthy' ? 'completed' : source.behaviour
  const revision = { ...source, behaviour, number: 1, owner: name, createdAt: scene.now, slots: [] }
  return { kind: 'Job', namespace, name, revisions: [revision], made: 0, scalings: [], ordinals: [] }
}

/**
 * The behaviour of a written template's pods: as in the tables if the containers are equal, since they cause the fault;
 * otherwise healthy, unless an image name says that it is missing.
 */
export function podSource(template: PodTemplate, row?: Workload): PodSource {
  const { containers } = template.spec
  if (row && isDeepStrictEqual(containers, podTemplate(row).spec.containers)) {
    return { template, behaviour: row.behaviour, log: row.log }
  }
  const missing = containers.some(({ image }) => image.includes('missing'))
  const log = row?.behaviour === 'healthy' ? row.log : writtenLog
  return { template, behaviour: missing ? 'image-missing' : 'healthy', log }
}

/** Replaces a deleted pod if it has a controller. */
export function replacePod(state: State, scene: Scene, namespace: string, name: string): void {
  for (const podSet of state.podSets.values()) {
    if (podSet.namespace === namespace) replace(podSet, name, scene.now, state.room)
  }
}

/** Removes a deleted controller's pods. */
export function disband(state: State, kind: PodSet['kind'], { metadata: { namespace = '', name } }: KubeObject): void {
  state.podSets.delete(podSetKey({ kind, namespace, name }))
}
