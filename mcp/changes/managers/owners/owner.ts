/** Owner references: from the controller that created the object up to the workload that a person wrote. */
import { msg } from '../../../../shared/messages/create'
import { numberAt, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import type { ResultNote } from '../../../../shared/result'
import { changes } from '../effect'
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
      return Promise.resolve({ notes: [msg('owner-reference', { owner: names.join(', ') })] })
    }
    const nearest = `${controller.kind} ${controller.name}`
    const outermost = owners.at(-1)
    const top = outermost ? nameOf(outermost) : nearest
    const names = { owner: nearest, top }
    return Promise.resolve(
      isRemoval(change)
        ? { notes: [removal(change, names)] }
        : { manager: top, notes: [update(change, names)], lasting: lasting(top) },
    )
  },
}

function lasting(top: string): ResultNote {
  return msg('lasting-change-source', { source: top })
}

interface Names {
  owner: string
  top: string
}

function removal({ object, owners }: Change, names: Names): ResultNote {
  const kind = controllerOf(object)?.kind ?? ''
  if (object.kind === 'Pod' && KEEPS_PODS.has(kind)) {
    if (hasEnded(object))
      return msg('owner-ended-pod', {
        ...names,
      })
    return kind === 'StatefulSet' ? msg('owner-recreates-same', { ...names }) : msg('owner-recreates', { ...names })
  }
  if (object.kind === 'Pod' && kind === 'Job')
    return hasEnded(object)
      ? msg('owner-ended-pod', { ...names })
      : msg('owner-job-retries', {
          ...names,
        })
  if (object.kind === 'ReplicaSet' && kind === 'Deployment')
    return isCurrent(object, owners[0])
      ? msg('owner-recreates-set', { ...names })
      : msg('owner-revision', {
          ...names,
          revision: annotationOf(object, REVISION) ?? '',
        })
  if (object.kind === 'Job' && kind === 'CronJob')
    return msg('owner-next-run', {
      ...names,
    })
  if (object.kind === 'ControllerRevision')
    return msg('owner-history', {
      ...names,
    })
  return msg('owner-delete', { ...names })
}

function update({ object, effect }: Change, names: Names): ResultNote {
  const kind = controllerOf(object)?.kind ?? ''
  if (object.kind === 'ReplicaSet' && kind === 'Deployment') {
    if (effect.replicas) return msg('owner-sets-replicas', { ...names })
    if (changes(effect, 'spec', 'template')) return msg('owner-set-template', { ...names })
  }
  if (object.kind === 'Pod')
    return msg('owner-pod-update', {
      ...names,
    })
  if (object.kind === 'Job' && kind === 'CronJob')
    return msg('owner-job-update', {
      ...names,
    })
  return msg('owner-update', { ...names })
}

function hasEnded(pod: KubeObject): boolean {
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'))
}

function isCurrent(set: KubeObject, deployment: KubeObject | undefined): boolean {
  const revision = annotationOf(set, REVISION)
  if (deployment && revision !== undefined) return annotationOf(deployment, REVISION) === revision
  return (numberAt(set, 'spec', 'replicas') ?? 0) > 0
}
