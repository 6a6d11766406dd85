/** The kinds that own pods: the groups apps, autoscaling and batch. */
import { autoscalerColumns } from '../../print/policies'
import * as workloads from '../../print/workloads'
import type { CronJob, Deployment, ReplicaSet, StatefulSet } from '../../types'
import { autoscaler } from '../../schemas/policies'
import { cronJob } from '../../schemas/workloads'
import { builtInKind } from '#shared/kubernetes/built-in-kinds'
import { defineResource, type Entry, type Resource } from '../resource'
import { plainWriter } from '../writer'
import * as writers from './workload-writers'

const scale = (object: Deployment | ReplicaSet | StatefulSet): Entry['scale'] => ({
  replicas: object.spec.replicas,
  current: object.status.replicas,
  selector: object.spec.selector,
})

export const workloadResources: Resource[] = [
  defineResource({
    names: builtInKind('ControllerRevision'),
    list: (snapshot) => snapshot.controllerRevisions,
    columns: workloads.controllerRevisionColumns,
  }),
  defineResource({
    names: builtInKind('DaemonSet'),
    inAll: true,
    list: (snapshot) => snapshot.daemonSets,
    columns: workloads.daemonSetColumns,
    writer: writers.daemonSetWriter,
    remove: writers.removeDaemonSet,
  }),
  defineResource({
    names: builtInKind('Deployment'),
    inAll: true,
    list: (snapshot) => snapshot.deployments,
    columns: workloads.deploymentColumns,
    writer: writers.deploymentWriter,
    remove: writers.removeDeployment,
    scale,
  }),
  defineResource({
    names: builtInKind('ReplicaSet'),
    inAll: true,
    list: (snapshot) => snapshot.replicaSets,
    columns: workloads.replicaSetColumns,
    writer: writers.replicaSetWriter,
    remove: writers.removeReplicaSet,
    scale,
  }),
  defineResource({
    names: builtInKind('StatefulSet'),
    inAll: true,
    list: (snapshot) => snapshot.statefulSets,
    columns: workloads.statefulSetColumns,
    writer: writers.statefulSetWriter,
    remove: writers.removeStatefulSet,
    scale,
  }),
  defineResource({
    names: builtInKind('HorizontalPodAutoscaler'),
    inAll: true,
    list: (snapshot) => snapshot.autoscalers,
    columns: autoscalerColumns,
    writer: plainWriter(autoscaler, (state) => state.autoscalers),
    remove: ({ state }, object) => state.autoscalers.remove(object),
  }),
  defineResource({
    names: builtInKind('CronJob'),
    inAll: true,
    list: (snapshot) => snapshot.cronJobs,
    columns: workloads.cronJobColumns,
    writer: plainWriter<CronJob>(cronJob, (state) => state.cronJobs),
    remove: ({ state }, object) => state.cronJobs.remove(object),
  }),
  defineResource({
    names: builtInKind('Job'),
    inAll: true,
    list: (snapshot) => snapshot.jobs,
    columns: workloads.jobColumns,
    writer: writers.jobWriter,
    remove: writers.removeJob,
    fields: { 'status.successful': (job) => job.status.succeeded ?? 0 },
  }),
]
