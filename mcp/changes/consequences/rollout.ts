/** Effects of a pod template change on running pods. */
import type { ResultNote } from '../../../shared/result'
import { at, numberAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { changes, templatePath } from '../managers/effect'
import { counted, fact } from '../managers/fact'
import { rolloutLimits } from '../managers/limits/rollout-limits'
import type { Change } from '../managers/types'

export function rolloutNotes(change: Change): ResultNote[] {
  const { effect, operation, object } = change
  const { kind, group } = operation.resource
  if (effect.verb !== 'update' || (group !== 'apps' && group !== 'batch' && group !== '')) return []
  const after = effect.after ?? object
  const isPaused = at(after, 'spec', 'paused') === true
  if (kind === 'Deployment' && at(object, 'spec', 'paused') === true && !isPaused)
    return [fact('rollout-resumes', 'Changes that have waited are rolled out.')]
  if (!changes(effect, ...templatePath(kind))) return []
  const params = (pods: number) => ({ pods: counted(pods, 'pod'), count: pods })
  const replicas = numberAt(after, 'spec', 'replicas') ?? 1
  switch (kind) {
    case 'Deployment':
      if (isPaused)
        return [fact('rollout-paused', 'The rollout is paused: the pods keep the old template until it is resumed.')]
      return replicas === 0 ? [] : [deploymentNote(after, replicas)]
    case 'StatefulSet':
      if (replicas === 0) return []
      return [statefulSetNote(after, replicas)]
    case 'DaemonSet': {
      const pods = numberAt(object, 'status', 'desiredNumberScheduled') ?? 0
      if (pods === 0) return []
      return [
        textAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete'
          ? fact(
              'rollout-on-delete',
              'The pods keep the old template until they are deleted: the update strategy is OnDelete.',
            )
          : fact('rollout-restarts', 'Restarts {pods}, some at a time.', params(pods)),
      ]
    }
    case 'ReplicaSet':
    case 'ReplicationController':
      return [fact('rollout-new-pods', 'The pods that run keep the old template; only new ones have the change.')]
    case 'CronJob':
      return [fact('rollout-next-run', 'The next Job has the change; Jobs that run keep the old template.')]
    default:
      return []
  }
}

function deploymentNote(deployment: KubeObject, replicas: number): ResultNote {
  const params = { pods: counted(replicas, 'pod'), count: replicas }
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate')
    return fact(
      'rollout-recreates',
      'Restarts {pods}, all at once: it is not available until the new pods are ready (strategy Recreate).',
      params,
    )
  const { surge, unavailable } = rolloutLimits(deployment)
  if (unavailable >= replicas)
    return fact(
      'rollout-at-once',
      'Restarts {pods}, all at once: all of them may be unavailable at the same time.',
      params,
    )
  if (unavailable === 0)
    return fact('rollout-surge', 'Restarts {pods}, {surge} at a time, each after its replacement is ready.', {
      ...params,
      surge,
    })
  return fact('rollout-rolling', 'Restarts {pods}, some at a time: at most {unavailable} are unavailable.', {
    ...params,
    unavailable,
  })
}

function statefulSetNote(set: KubeObject, replicas: number): ResultNote {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return fact(
      'rollout-on-delete',
      'The pods keep the old template until they are deleted: the update strategy is OnDelete.',
    )
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  const pods = Math.max(0, replicas - partition)
  const params = { pods: counted(pods, 'pod'), count: pods, all: replicas, partition }
  return partition > 0
    ? fact('rollout-partition', 'Restarts {pods} of {all}: the partition is {partition}.', params)
    : fact('rollout-restarts', 'Restarts {pods}, some at a time.', params)
}
