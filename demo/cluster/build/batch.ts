/** The completed Job and the CronJob. */
import { cronJob } from '../data/payments'
import type { Workload } from '../data/workload'
import { before, metadata, timestamp, uidOf, type Scene } from '../scene'
import type { CronJob, Job } from '../types'
import { START_DELAY_MS } from '../state/crew'
import { JOB_RUN_MS } from './pod-status'
import { podTemplate } from './pod-template'
import { jobLabels } from './pods'

const DAY_MS = 24 * 60 * 60 * 1000

export function buildJob(scene: Scene, workload: Workload): Job {
  const { namespace, name } = workload
  const createdAt = before(scene, workload.age)
  const completedAt = createdAt + START_DELAY_MS + JOB_RUN_MS + 1000
  const uid = uidOf('Job', namespace, name)
  const time = timestamp(completedAt)
  const condition = (type: string) => ({
    lastProbeTime: time,
    lastTransitionTime: time,
    message: 'Reached expected number of succeeded pods',
    reason: 'CompletionsReached',
    status: 'True' as const,
    type,
  })
  const labels = jobLabels({ metadata: { name, uid } })
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(scene, {
      kind: 'Job',
      namespace,
      name,
      createdAt,
      changedAt: completedAt,
      generation: 1,
      labels,
    }),
    spec: {
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      completions: 1,
      parallelism: 1,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      suspend: false,
      template: { ...podTemplate(workload), metadata: { labels } },
    },
    status: {
      completionTime: time,
      conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
      ready: 0,
      startTime: timestamp(createdAt),
      succeeded: 1,
    },
  }
}

/** A daily CronJob. It keeps no finished Jobs, so none is listed. */
export function buildCronJob(scene: Scene): CronJob {
  const { namespace, name } = cronJob
  const createdAt = before(scene, cronJob.age)
  const offset = cronJob.hour * 60 * 60 * 1000
  const lastRun = Math.floor((scene.now - offset) / DAY_MS) * DAY_MS + offset
  const template = podTemplate({
    ...cronJob,
    kind: 'Job',
    behaviour: 'completed',
    nodes: [],
    log: { start: [] },
  })
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(scene, { kind: 'CronJob', namespace, name, createdAt, changedAt: lastRun, generation: 1 }),
    spec: {
      concurrencyPolicy: 'Forbid',
      failedJobsHistoryLimit: 1,
      jobTemplate: { spec: { backoffLimit: 6, completions: 1, parallelism: 1, template } },
      schedule: cronJob.schedule,
      successfulJobsHistoryLimit: 0,
      suspend: false,
    },
    status: { lastScheduleTime: timestamp(lastRun), lastSuccessfulTime: timestamp(lastRun + 41_000) },
  }
}
