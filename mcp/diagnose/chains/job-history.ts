/** Which Jobs and pods belong to the past. */
import { numberAt, textAt, timeAt } from '../../../shared/kubernetes/fields'
import { condition, conditionsOf } from '../../../shared/kubernetes/health/conditions'
import { ownerOf } from '../../kubernetes/read/owners'
import type { KubeObject } from '../../kubernetes/types'
import type { World } from '../world/world'

/** In milliseconds; a Job that failed yesterday is history. */
export const JOB_HISTORY_MS = 24 * 60 * 60_000

export function hasLaterSuccess(world: World, job: KubeObject): boolean {
  const owner = ownerOf(job)
  if (owner?.kind !== 'CronJob') return false
  const cron = { kind: 'batch/CronJob', namespace: job.metadata.namespace, name: owner.name }
  const started = startOf(job)
  const lastSuccess = timeAt(world.find(cron), 'status', 'lastSuccessfulTime') ?? 0
  return (
    lastSuccess > started ||
    world.owned(cron).some((other) => startOf(other) > started && (numberAt(other, 'status', 'succeeded') ?? 0) > 0)
  )
}

function startOf(job: KubeObject): number {
  return timeAt(job, 'status', 'startTime') ?? timeAt(job, 'metadata', 'creationTimestamp') ?? 0
}

/** True for pods that tell nothing about now: their Job is done, old, has succeeded later, or still tries. */
export function isHistory(world: World, pod: KubeObject): boolean {
  const owner = ownerOf(pod)
  if (owner?.kind !== 'Job') return false
  const job = world.find({ kind: 'batch/Job', namespace: pod.metadata.namespace, name: owner.name })
  if (!job) return false
  const conditions = conditionsOf(job)
  const failed = condition(conditions, 'Failed')
  if (condition(conditions, 'Complete')?.status === 'True') return true
  if (failed?.status === 'True')
    return (failed.since !== undefined && world.now - failed.since > JOB_HISTORY_MS) || hasLaterSuccess(world, job)
  // One failed pod, and the Job tries again.
  return textAt(pod, 'status', 'phase') === 'Failed' && (numberAt(job, 'status', 'failed') ?? 0) < 2
}
