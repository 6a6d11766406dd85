/** `kubectl get` of Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs and CronJobs. */
import type { ControllerRevision, CronJob, DaemonSet, Deployment, Job, ReplicaSet, StatefulSet } from '../types'
import { formatAge } from '#shared/kubernetes/durations'
import { ageColumn, column, formatLabels, nameColumn, since, templateColumns, type Column } from './columns'

type Replicated = Deployment | ReplicaSet | StatefulSet | DaemonSet | Job

const containers = (object: Replicated) => object.spec.template.spec.containers
const selector = (object: Replicated) => object.spec.selector

export const deploymentColumns: Column<Deployment>[] = [
  nameColumn,
  column('Ready', (each) => `${each.status.readyReplicas ?? 0}/${each.spec.replicas}`),
  column('Up-to-date', (each) => each.status.updatedReplicas),
  column('Available', (each) => each.status.availableReplicas ?? 0),
  ageColumn,
  ...templateColumns<Deployment>(containers, selector),
]

export const replicaSetColumns: Column<ReplicaSet>[] = [
  nameColumn,
  column('Desired', (each) => each.spec.replicas, 'integer'),
  column('Current', (each) => each.status.replicas, 'integer'),
  column('Ready', (each) => each.status.readyReplicas ?? 0, 'integer'),
  ageColumn,
  ...templateColumns<ReplicaSet>(containers, selector),
]

export const statefulSetColumns: Column<StatefulSet>[] = [
  nameColumn,
  column('Ready', (each) => `${each.status.readyReplicas ?? 0}/${each.spec.replicas}`),
  ageColumn,
  ...templateColumns<StatefulSet>(containers),
]

export const controllerRevisionColumns: Column<ControllerRevision>[] = [
  nameColumn,
  column('Controller', ({ metadata: { ownerReferences = [] } }) => {
    return ownerReferences.map(({ kind, name }) => `${kind.toLowerCase()}.apps/${name}`).join(',') || '<none>'
  }),
  column('Revision', (each) => each.revision),
  ageColumn,
]

export const daemonSetColumns: Column<DaemonSet>[] = [
  nameColumn,
  column('Desired', (each) => each.status.desiredNumberScheduled, 'integer'),
  column('Current', (each) => each.status.currentNumberScheduled, 'integer'),
  column('Ready', (each) => each.status.numberReady, 'integer'),
  column('Up-to-date', (each) => each.status.updatedNumberScheduled, 'integer'),
  column('Available', (each) => each.status.numberAvailable, 'integer'),
  column('Node Selector', (each) => formatLabels(each.spec.template.spec.nodeSelector)),
  ageColumn,
  ...templateColumns<DaemonSet>(containers, selector),
]

export const jobColumns: Column<Job>[] = [
  nameColumn,
  column('Status', (job) => (isComplete(job) ? 'Complete' : 'Running')),
  column('Completions', (job) => `${job.status.succeeded ?? 0}/${job.spec.completions}`),
  column('Duration', (job, now) => {
    const end = job.status.completionTime ? Date.parse(job.status.completionTime) : now
    return formatAge((end - Date.parse(job.status.startTime)) / 1000)
  }),
  ageColumn,
  ...templateColumns<Job>(containers, selector),
]

function isComplete(job: Job): boolean {
  return job.status.conditions.some((each) => each.type === 'Complete' && each.status === 'True')
}

export const cronJobColumns: Column<CronJob>[] = [
  nameColumn,
  column('Schedule', (each) => each.spec.schedule),
  column('Timezone', (each) => each.spec.timeZone ?? '<none>'),
  column('Suspend', (each) => (each.spec.suspend ? 'True' : 'False'), 'boolean'),
  column('Active', (each) => each.status.active?.length ?? 0, 'integer'),
  column('Last Schedule', (each, now) =>
    each.status.lastScheduleTime ? since(each.status.lastScheduleTime, now) : '<none>',
  ),
  ageColumn,
  ...templateColumns<CronJob>(
    (each) => each.spec.jobTemplate.spec.template.spec.containers,
    (each) => each.spec.jobTemplate.spec.selector,
  ),
]
