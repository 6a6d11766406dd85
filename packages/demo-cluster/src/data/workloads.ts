/** The workloads of the demo cluster: one row a controller. Pods, ReplicaSets, events and logs are derived from it. */
import { payments } from './payments'
import { shop } from './shop'
import { kubeSystem, monitoring } from './system'
import type { Workload } from './workload'

export const workloads: Workload[] = [...kubeSystem, ...monitoring, ...payments, ...shop]
