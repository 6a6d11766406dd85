/** The demo's workloads: one row for each controller. Pods, ReplicaSets, events and logs are derived. */
import { payments } from './payments'
import { shop } from './shop'
import { kubeSystem, monitoring } from './system'
import type { Workload } from './workload'

export const workloads: Workload[] = [...kubeSystem, ...monitoring, ...payments, ...shop]
