/** A Job that gave up, unless a later one of its CronJob succeeded. */
import { numberAt } from '../../../../shared/kubernetes/fields'
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { hasLaterSuccess, JOB_HISTORY_MS } from '../../chains/job-history'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

export const jobFailed: Check = {
  id: 'job-failed',
  reads: ['batch/Job'],
  reference: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
  find: (world) => world.list('batch/Job').flatMap((job) => findIn(world, job)),
  samples: {
    fires: [
      `
- {apiVersion: batch/v1, kind: Job, metadata: {name: import}, status: {failed: 2, conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, message: "Job has reached the specified backoff limit", lastTransitionTime: "2026-11-29T11:00:00Z"}]}}`,
      `
- {apiVersion: batch/v1, kind: Job, metadata: {name: slow}, spec: {activeDeadlineSeconds: 60}, status: {failed: 1, conditions: [{type: Failed, status: "True", reason: DeadlineExceeded, lastTransitionTime: "2026-11-29T11:00:00Z"}]}}`,
    ],
    silent: [
      `
- {apiVersion: batch/v1, kind: Job, metadata: {name: run}, status: {active: 1}}`,
      `
- {apiVersion: batch/v1, kind: Job, metadata: {name: n-1, ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: n, controller: true}]}, status: {failed: 1, startTime: "2026-11-29T10:00:00Z", conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, lastTransitionTime: "2026-11-29T10:01:00Z"}]}}
- {apiVersion: batch/v1, kind: Job, metadata: {name: n-2, ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: n, controller: true}]}, status: {succeeded: 1, startTime: "2026-11-29T11:00:00Z", conditions: [{type: Complete, status: "True"}]}}`,
      `
- {apiVersion: batch/v1, kind: Job, metadata: {name: old}, status: {failed: 1, conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, lastTransitionTime: "2026-11-20T11:00:00Z"}]}}`,
    ],
  },
}

function findIn(world: World, job: KubeObject): Found[] {
  const failed = condition(conditionsOf(job), 'Failed')
  if (failed?.status !== 'True' || (failed.since !== undefined && world.now - failed.since > JOB_HISTORY_MS)) return []
  if (hasLaterSuccess(world, job)) return []
  const isLate = failed.reason === 'DeadlineExceeded'
  return [
    {
      object: refOf(job),
      severity: 'warning',
      certainty: 'certain',
      cause: isLate
        ? msg('job-deadline', { seconds: numberAt(job, 'spec', 'activeDeadlineSeconds') ?? '?' })
        : msg('job-failed', { count: numberAt(job, 'status', 'failed') ?? 0 }),
      next: isLate ? msg('next-job-deadline') : msg('next-job-failed'),
      evidence: [fact('status', [failed.reason, failed.message].filter(Boolean).join(': '))],
    },
  ]
}
