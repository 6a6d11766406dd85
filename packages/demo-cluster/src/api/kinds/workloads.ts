/** The kinds that own pods: the groups apps, autoscaling and batch. */
import * as workloads from '../../print/workloads'
import type { CronJob, Deployment, ReplicaSet, StatefulSet } from '../../types'
import { cronJob } from '../../schemas/workloads'
import { defineResource, emptyResource, type Entry, type Resource } from '../resource'
import { plainWriter } from '../writer'
import * as writers from './workload-writers'

const scale = (object: Deployment | ReplicaSet | StatefulSet): Entry['scale'] => ({
  replicas: object.spec.replicas,
  current: object.status.replicas,
  selector: object.spec.selector,
})

export const workloadResources: Resource[] = [
  defineResource({
    group: 'apps',
    kind: 'ControllerRevision',
    plural: 'controllerrevisions',
    list: (snapshot) => snapshot.controllerRevisions,
    columns: workloads.controllerRevisionColumns,
  }),
  defineResource({
    group: 'apps',
    kind: 'DaemonSet',
    plural: 'daemonsets',
    shortNames: ['ds'],
    inAll: true,
    list: (snapshot) => snapshot.daemonSets,
    columns: workloads.daemonSetColumns,
    writer: writers.daemonSetWriter,
    remove: writers.removeDaemonSet,
  }),
  defineResource({
    group: 'apps',
    kind: 'Deployment',
    plural: 'deployments',
    shortNames: ['deploy'],
    inAll: true,
    list: (snapshot) => snapshot.deployments,
    columns: workloads.deploymentColumns,
    writer: writers.deploymentWriter,
    remove: writers.removeDeployment,
    scale,
  }),
  defineResource({
    group: 'apps',
    kind: 'ReplicaSet',
    plural: 'replicasets',
    shortNames: ['rs'],
    inAll: true,
    list: (snapshot) => snapshot.replicaSets,
    columns: workloads.replicaSetColumns,
    writer: writers.replicaSetWriter,
    remove: writers.removeReplicaSet,
    scale,
  }),
  defineResource({
    group: 'apps',
    kind: 'StatefulSet',
    plural: 'statefulsets',
    shortNames: ['sts'],
    inAll: true,
    list: (snapshot) => snapshot.statefulSets,
    columns: workloads.statefulSetColumns,
    writer: writers.statefulSetWriter,
    remove: writers.removeStatefulSet,
    scale,
  }),
  emptyResource('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', ['hpa'], true),
  defineResource({
    group: 'batch',
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    inAll: true,
    list: (snapshot) => snapshot.cronJobs,
    columns: workloads.cronJobColumns,
    writer: plainWriter<CronJob>(cronJob, (state) => state.cronJobs),
    remove: ({ state }, object) => state.cronJobs.remove(object),
  }),
  defineResource({
    group: 'batch',
    kind: 'Job',
    plural: 'jobs',
    inAll: true,
    list: (snapshot) => snapshot.jobs,
    columns: workloads.jobColumns,
    writer: writers.jobWriter,
    remove: writers.removeJob,
    fields: { 'status.successful': (job) => job.status.succeeded ?? 0 },
  }),
]
