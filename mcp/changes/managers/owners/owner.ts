/** Owner references: from the controller that created the object up to the workload that a person wrote. */
import { numberAt, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import type { ResultNote } from '../../../../shared/result'
import { changes } from '../effect'
import { fact } from '../fact'
import { annotationOf, isRemoval, nameOf } from '../marks'
import { controllerOf, ownersOf } from './owner-references'
import type { Change, Finding, Manager } from '../types'

const REVISION = 'deployment.kubernetes.io/revision'

/** Kinds that maintain a number of pods. */
const KEEPS_PODS = new Set(['ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet'])

export const owner: Manager = {
  id: 'owner',
  applies: ({ object, effect, operation }) =>
    effect.verb !== 'create' && operation.live !== undefined && ownersOf(object).length > 0,
  check(change): Promise<Finding | undefined> {
    const { object, owners } = change
    // The kubelet owns static pods' mirrors, which have their own manager.
    if (annotationOf(object, 'kubernetes.io/config.mirror') !== undefined) return Promise.resolve(undefined)
    const controller = controllerOf(object)
    if (!controller) {
      const names = ownersOf(object).map(({ kind, name }) => `${kind} ${name}`)
      const text = 'Belongs to {owner}: it is deleted together with that.'
      return Promise.resolve({ notes: [fact('owner-reference', text, { owner: names.join(', ') })] })
    }
    const nearest = `${controller.kind} ${controller.name}`
    const outermost = owners.at(-1)
    const top = outermost ? nameOf(outermost) : nearest
    const names = { owner: nearest, top }
    return Promise.resolve(
      isRemoval(change)
        ? { notes: [removal(change, names)] }
        : { notes: [update(change, names)], lasting: lasting(top) },
    )
  },
}

function lasting(top: string): ResultNote {
  return fact('lasting-change-source', 'The lasting change belongs in {source}.', { source: top })
}

interface Names {
  owner: string
  top: string
}

function removal({ object, owners }: Change, names: Names): ResultNote {
  const kind = controllerOf(object)?.kind ?? ''
  if (object.kind === 'Pod' && KEEPS_PODS.has(kind)) {
    if (hasEnded(object))
      return fact('owner-ended-pod', 'Belongs to {top}. It has ended, and no other pod is created for it.', {
        ...names,
      })
    return kind === 'StatefulSet'
      ? fact('owner-recreates-same', 'Belongs to {top}: a pod of the same name is created again.', { ...names })
      : fact('owner-recreates', 'Belongs to {top}: another pod is created in its place.', { ...names })
  }
  if (object.kind === 'Pod' && kind === 'Job')
    return hasEnded(object)
      ? fact('owner-ended-pod', 'Belongs to {top}. It has ended, and no other pod is created for it.', { ...names })
      : fact('owner-job-retries', 'Belongs to {top}: {owner} starts another pod as long as it has retries left.', {
          ...names,
        })
  if (object.kind === 'ReplicaSet' && kind === 'Deployment')
    return isCurrent(object, owners[0])
      ? fact('owner-recreates-set', 'Belongs to {top}: it is created again, with new pods.', { ...names })
      : fact('owner-revision', 'Belongs to {top}: a rollback to its revision {revision} is not possible afterwards.', {
          ...names,
          revision: annotationOf(object, REVISION) ?? '',
        })
  if (object.kind === 'Job' && kind === 'CronJob')
    return fact(
      'owner-next-run',
      'Belongs to {top}: this Job is not created again, the next one starts at its schedule.',
      {
        ...names,
      },
    )
  if (object.kind === 'ControllerRevision')
    return fact('owner-history', 'Belongs to {top}: a rollback to this revision is not possible afterwards.', {
      ...names,
    })
  return fact('owner-delete', 'Owned by {top}: its controller may create it again.', { ...names })
}

function update({ object, effect }: Change, names: Names): ResultNote {
  const kind = controllerOf(object)?.kind ?? ''
  if (object.kind === 'ReplicaSet' && kind === 'Deployment') {
    if (effect.replicas)
      return fact('owner-sets-replicas', 'Belongs to {top}, which sets the replicas back.', { ...names })
    if (changes(effect, 'spec', 'template'))
      return fact('owner-set-template', 'Belongs to {top}: its next rollout replaces this ReplicaSet.', { ...names })
  }
  if (object.kind === 'Pod')
    return fact('owner-pod-update', 'Belongs to {top}: the pods that it creates later do not have the change.', {
      ...names,
    })
  if (object.kind === 'Job' && kind === 'CronJob')
    return fact('owner-job-update', 'Belongs to {top}: the Jobs that it creates later do not have the change.', {
      ...names,
    })
  return fact('owner-update', 'Owned by {top}: its controller may set it back.', { ...names })
}

function hasEnded(pod: KubeObject): boolean {
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'))
}

function isCurrent(set: KubeObject, deployment: KubeObject | undefined): boolean {
  const revision = annotationOf(set, REVISION)
  if (deployment && revision !== undefined) return annotationOf(deployment, REVISION) === revision
  return (numberAt(set, 'spec', 'replicas') ?? 0) > 0
}
