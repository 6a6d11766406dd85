/** Jobs and the CronJob. */
import { cronJob } from '../data/payments'
import type { Workload } from '../data/workload'
import { before, metadata, timestamp, uidOf, type Scene } from '../scene'
import { START_DELAY_MS, type Revision } from '../state/pod-set'
import type { Condition, CronJob, Desired, Job } from '../types'
import { JOB_RUN_MS, stageOf, type Stage } from './pod-status'
import { podTemplate } from './pod-template'
import { jobLabels } from './pods'

const DAY_MS = 24 * 60 * 60 * 1000

export function buildJob(scene: Scene, workload: Workload): Job {
  const { namespace, name } = workload
  const createdAt = before(scene, workload.age)
  const completedAt = createdAt + START_DELAY_MS + JOB_RUN_MS + 1000
  const uid = uidOf('Job', namespace, name)
  const time = timestamp(completedAt)
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
      conditions: completed(time),
      ready: 0,
      startTime: timestamp(createdAt),
      succeeded: 1,
    },
  }
}

function completed(time: string): Condition[] {
  return ['SuccessCriteriaMet', 'Complete'].map((type) => ({
    lastProbeTime: time,
    lastTransitionTime: time,
    message: 'Reached expected number of succeeded pods',
    reason: 'CompletionsReached',
    status: 'True',
    type,
  }))
}

/** The status of a Job that a client created. */
export function jobStatus(scene: Scene, { metadata, spec }: Desired<Job>, revision?: Revision): Job['status'] {
  const slots = revision?.slots ?? []
  const all = slots.map(({ createdAt }) => (revision ? stageOf(revision, createdAt, scene.now) : 'waiting'))
  const count = (stage: Stage) => all.filter((each) => each === stage).length
  const succeeded = count('ended')
  const startTime = metadata.creationTimestamp
  const rest = { ready: count('running'), startTime, ...(succeeded > 0 && { succeeded }) }
  if (succeeded < spec.completions) return { ...rest, active: all.length - succeeded, conditions: [] }
  const completionTime = timestamp(Math.max(...slots.map(({ createdAt }) => createdAt)) + START_DELAY_MS + JOB_RUN_MS)
  return { ...rest, completionTime, conditions: completed(completionTime) }
}

/** A daily CronJob without finished Jobs. */
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
