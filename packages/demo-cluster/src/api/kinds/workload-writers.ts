/** Controller behaviour for written and deleted Deployments, ReplicaSets, StatefulSets, DaemonSets and Jobs. */
import { isDeepStrictEqual } from 'node:util'
import { jobLabels } from '../../objects/pods'
import { daemonSet, deployment, job, replicaSet, statefulSet } from '../../schemas/workloads'
import { disband, reconcile, replacePod, startJob } from '../../state/controllers'
import { podSetKey } from '../../state/state'
import type {
  DaemonSet,
  Deployment,
  Desired,
  Job,
  KubeObject,
  LabelSelector,
  ReplicaSet,
  StatefulSet,
} from '../../types'
import { StatusError } from '../status'
import { writer, type Remover, type WriteContext, type Writer } from '../writer'

interface Selecting extends KubeObject {
  spec: { selector: LabelSelector }
}

/** @throws StatusError 422 if the selector changes, which would orphan its pods */
function keepSelector<T extends Selecting>(object: T, all: Selecting[]): T {
  const { name, namespace } = object.metadata
  const before = all.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
  if (before && !isDeepStrictEqual(before.spec.selector, object.spec.selector)) {
    throw immutable('apps', object, 'spec.selector', object.spec.selector)
  }
  return object
}

function immutable(
  group: string,
  { kind, metadata: { name } }: KubeObject,
  field: string,
  value: unknown,
): StatusError {
  const why = `Invalid value: ${JSON.stringify(value)}: field is immutable`
  const causes = [{ reason: 'FieldValueInvalid', message: why, field }]
  const message = `${kind}.${group} "${name}" is invalid: ${field}: ${why}`
  return new StatusError(422, 'Invalid', message, { name, group, kind, causes })
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

export const jobWriter: Writer = writer<Desired<Job>, Desired<Job>>({
  schema: job.transform(({ spec, ...given }) => {
    const labels = jobLabels(given)
    const { template } = spec
    const metadata = { ...template.metadata, labels: { ...template.metadata.labels, ...labels } }
    const selector = { matchLabels: { [CONTROLLER_UID]: given.metadata.uid } }
    return { ...given, spec: { ...spec, selector, template: { ...template, metadata } } }
  }),
  complete: ({ snapshot }, given) => {
    const { name, namespace } = given.metadata
    const before = snapshot.jobs.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
    if (before && !isDeepStrictEqual(job.parse(before).spec.template, given.spec.template)) {
      throw immutable('batch', given, 'spec.template', given.spec.template)
    }
    return given
  },
  layer: ({ state }) => state.jobs,
  follow: ({ state, scene }, object) => startJob(state, scene, object),
})

const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid'

/** The Deployment that controls a ReplicaSet, if any. */
function keeper({ snapshot, state }: WriteContext, { metadata: { name, namespace = '' } }: KubeObject) {
  const live = snapshot.replicaSets.find((each) => each.metadata.name === name && each.metadata.namespace === namespace)
  if (state.podSets.has(podSetKey({ kind: 'ReplicaSet', namespace, name }))) return undefined
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

export const removeJob: Remover = ({ state }, object) => {
  state.jobs.forget(object)
  disband(state, 'Job', object)
}

export const removeDaemonSet: Remover = ({ state }, object) => {
  state.daemonSets.forget(object)
  disband(state, 'DaemonSet', object)
}

/** A Deployment's ReplicaSet is recreated at once, with new pods. */
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
