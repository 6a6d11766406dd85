/** Effects of a pod template change on running pods. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { at, numberAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { changes, templatePath } from '../managers/effect'
import { rolloutLimits } from '../managers/limits/rollout-limits'
import type { Change } from '../managers/types'

export function rolloutNotes(change: Change): ResultNote[] {
  const { effect, operation, object } = change
  const { kind, group } = operation.resource
  if (effect.verb !== 'update' || (group !== 'apps' && group !== 'batch' && group !== '')) return []
  const after = effect.after ?? object
  const isPaused = at(after, 'spec', 'paused') === true
  if (kind === 'Deployment' && at(object, 'spec', 'paused') === true && !isPaused) return [msg('rollout-resumes')]
  if (!changes(effect, ...templatePath(kind))) return []
  const params = (pods: number) => ({ pods: msg('pods', { n: pods }), count: pods })
  const replicas = numberAt(after, 'spec', 'replicas') ?? 1
  switch (kind) {
    case 'Deployment':
      if (isPaused) return [msg('rollout-paused')]
      return replicas === 0 ? [] : [deploymentNote(after, replicas)]
    case 'StatefulSet':
      if (replicas === 0) return []
      return [statefulSetNote(after, replicas)]
    case 'DaemonSet': {
      const pods = numberAt(object, 'status', 'desiredNumberScheduled') ?? 0
      if (pods === 0) return []
      return [
        textAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete'
          ? msg('rollout-on-delete')
          : msg('rollout-restarts', params(pods)),
      ]
    }
    case 'ReplicaSet':
    case 'ReplicationController':
      return [msg('rollout-new-pods')]
    case 'CronJob':
      return [msg('rollout-next-run')]
    default:
      return []
  }
}

function deploymentNote(deployment: KubeObject, replicas: number): ResultNote {
  const params = { pods: msg('pods', { n: replicas }), count: replicas }
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return msg('rollout-recreates', params)
  const { surge, unavailable } = rolloutLimits(deployment)
  if (unavailable >= replicas) return msg('rollout-at-once', params)
  if (unavailable === 0)
    return msg('rollout-surge', {
      ...params,
      surge,
    })
  return msg('rollout-rolling', {
    ...params,
    unavailable,
  })
}

function statefulSetNote(set: KubeObject, replicas: number): ResultNote {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return msg('rollout-on-delete')
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  const pods = Math.max(0, replicas - partition)
  const params = { pods: msg('pods', { n: pods }), count: pods, all: replicas, partition }
  return partition > 0 ? msg('rollout-partition', params) : msg('rollout-restarts', params)
}
