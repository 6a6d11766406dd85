/** The kinds that own pods: the groups apps, autoscaling and batch. */
import * as workloads from '../../print/workloads'
import type { Deployment, ReplicaSet, StatefulSet } from '../../types'
import { defineResource, emptyResource, type Entry, type Resource } from '../resource'

const scale = (object: Deployment | ReplicaSet | StatefulSet): Entry['scale'] => ({
  replicas: object.spec.replicas,
  current: object.status.replicas,
  selector: object.spec.selector,
})

export const workloadResources: Resource[] = [
  defineResource({
    group: 'apps',
    kind: 'DaemonSet',
    plural: 'daemonsets',
    shortNames: ['ds'],
    inAll: true,
    list: (snapshot) => snapshot.daemonSets,
    columns: workloads.daemonSetColumns,
  }),
  defineResource({
    group: 'apps',
    kind: 'Deployment',
    plural: 'deployments',
    shortNames: ['deploy'],
    inAll: true,
    list: (snapshot) => snapshot.deployments,
    columns: workloads.deploymentColumns,
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
  }),
  defineResource({
    group: 'batch',
    kind: 'Job',
    plural: 'jobs',
    inAll: true,
    list: (snapshot) => snapshot.jobs,
    columns: workloads.jobColumns,
    fields: { 'status.successful': (job) => job.status.succeeded ?? 0 },
  }),
]
