/** What the controllers do about written and deleted Deployments, ReplicaSets, StatefulSets and DaemonSets. */
import { isDeepStrictEqual } from 'node:util'
import { daemonSet, deployment, replicaSet, statefulSet } from '../../schemas/workloads'
import { disband, reconcile, replacePod } from '../../state/controllers'
import { crewKey } from '../../state/state'
import type { DaemonSet, Deployment, Desired, KubeObject, LabelSelector, ReplicaSet, StatefulSet } from '../../types'
import { StatusError } from '../status'
import { writer, type Remover, type WriteContext, type Writer } from '../writer'

interface Selecting extends KubeObject {
  spec: { selector: LabelSelector }
}

/** @throws StatusError 422 where the selector would be another: its pods would be nobody's */
function keepSelector<T extends Selecting>(object: T, all: Selecting[]): T {
  const { name, namespace } = object.metadata
  const before = all.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
  if (before && !isDeepStrictEqual(before.spec.selector, object.spec.selector)) {
    const value = JSON.stringify(object.spec.selector)
    const why = `Invalid value: ${value}: field is immutable`
    const message = `${object.kind}.apps "${name}" is invalid: spec.selector: ${why}`
    const causes = [{ reason: 'FieldValueInvalid', message: why, field: 'spec.selector' }]
    throw new StatusError(422, 'Invalid', message, { name, group: 'apps', kind: object.kind, causes })
  }
  return object
}

export const deploymentWriter: Writer = writer<Desired<Deployment>, Desired<Deployment>>({
  schema: deployment,
  complete: ({ snapshot }, given) => keepSelector(given, snapshot.deployments),
  layer: ({ state }) => state.deployments,
  follow: ({ state, scene }, object) => reconcile(state, scene, 'Deployment', object),
})

export const statefulSetWriter: Writer = writer<Desired<StatefulSet>, Desired<StatefulSet>>({
  schema: statefulSet,
  complete: ({ snapshot }, given) => keepSelector(given, snapshot.statefulSets),
  layer: ({ state }) => state.statefulSets,
  follow: ({ state, scene }, object) => reconcile(state, scene, 'StatefulSet', object),
})

export const daemonSetWriter: Writer = writer<Desired<DaemonSet>, Desired<DaemonSet>>({
  schema: daemonSet,
  complete: ({ snapshot }, given) => keepSelector(given, snapshot.daemonSets),
  layer: ({ state }) => state.daemonSets,
  follow: ({ state, scene }, object) => reconcile(state, scene, 'DaemonSet', object),
})

/** The Deployment that keeps a ReplicaSet, where one does. */
function keeper({ snapshot, state }: WriteContext, { metadata: { name, namespace = '' } }: KubeObject) {
  const live = snapshot.replicaSets.find((each) => each.metadata.name === name && each.metadata.namespace === namespace)
  if (state.crews.has(crewKey({ kind: 'ReplicaSet', namespace, name }))) return undefined
  return live?.metadata.ownerReferences?.[0]?.name
}

export const replicaSetWriter: Writer = writer<Desired<ReplicaSet>, Desired<ReplicaSet>>({
  schema: replicaSet,
  complete: (context, given) => {
    const { name } = given.metadata
    const owner = keeper(context, given)
    if (owner) {
      const message = `replicasets.apps "${name}" is forbidden: Deployment "${owner}" keeps it as it is: change that`
      throw new StatusError(403, 'Forbidden', message, { name, group: 'apps', kind: 'replicasets' })
    }
    return keepSelector(given, context.snapshot.replicaSets)
  },
  layer: ({ state }) => state.replicaSets,
  follow: ({ state, scene }, object) => reconcile(state, scene, 'ReplicaSet', object),
})

export const removeDeployment: Remover = ({ state }, object) => {
  state.deployments.forget(object)
  disband(state, 'Deployment', object)
}

export const removeStatefulSet: Remover = ({ state }, object) => {
  state.statefulSets.forget(object)
  disband(state, 'StatefulSet', object)
}

export const removeDaemonSet: Remover = ({ state }, object) => {
  state.daemonSets.forget(object)
  disband(state, 'DaemonSet', object)
}

/** The ReplicaSet of a Deployment comes back at once, with new pods. */
export const removeReplicaSet: Remover = (context, object) => {
  const { state, scene, snapshot } = context
  const { uid, namespace = '' } = object.metadata
  if (keeper(context, object)) {
    const pods = snapshot.pods.filter(({ metadata }) => metadata.ownerReferences?.[0]?.uid === uid)
    for (const { metadata } of pods) replacePod(state, scene, namespace, metadata.name)
    return
  }
  state.replicaSets.forget(object)
  disband(state, 'ReplicaSet', object)
}
