/** A CronJob that does not start its Jobs. */
import { at, listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { eventFact } from '../../evidence'
import { kindId, refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'

const LATELY = 60 * 60_000

export const cronJob: Check = {
  id: 'cron-job',
  reads: ['batch/CronJob'],
  reference: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#cron-job-limitations',
  find: (world) => world.list('batch/CronJob').flatMap((cron) => findIn(world, cron)),
  samples: {
    fires: [
      `
- {apiVersion: batch/v1, kind: CronJob, metadata: {name: n, namespace: a}, spec: {concurrencyPolicy: Forbid}, status: {active: [{kind: Job, apiVersion: batch/v1, name: n-1}]}}
- {kind: Event, metadata: {name: e, namespace: a}, type: Warning, reason: TooManyMissedTimes, message: "too many missed start times", lastTimestamp: "2026-11-29T11:59:00Z", involvedObject: {apiVersion: batch/v1, kind: CronJob, name: n, namespace: a}}`,
    ],
    silent: [
      `
- {apiVersion: batch/v1, kind: CronJob, metadata: {name: n, namespace: a}, spec: {suspend: true}, status: {}}`,
    ],
  },
}

function findIn(world: World, cron: KubeObject): Found[] {
  if (at(cron, 'spec', 'suspend') === true) return []
  const event = world
    .events(
      cron,
      /^(?:FailedNeedsStart|TooManyMissedTimes|MissSchedule|FailedCreate|UnparseableSchedule|InvalidSchedule|UnknownTimeZone|JobAlreadyActive)$/,
    )
    .find(({ last = 0 }) => world.now - last < LATELY)
  if (!event) return []
  const active = listAt(cron, 'status', 'active').flatMap((each): Ref[] => {
    const [kind, name] = [textAt(each, 'kind') ?? 'Job', textAt(each, 'name')]
    return name === undefined
      ? []
      : [{ kind: kindId(textAt(each, 'apiVersion') ?? 'batch/v1', kind), namespace: cron.metadata.namespace, name }]
  })
  const isBlocked =
    event.reason === 'JobAlreadyActive' || (active.length > 0 && textAt(cron, 'spec', 'concurrencyPolicy') === 'Forbid')
  return [
    {
      object: refOf(cron),
      severity: 'warning',
      certainty: 'certain',
      cause: isBlocked ? msg('cron-blocked', { job: active[0]?.name ?? '?' }) : msg('cron-not-started'),
      next: isBlocked ? msg('next-cron-blocked') : msg('next-cron-not-started'),
      evidence: [eventFact(event)],
      because: active,
    },
  ]
}
