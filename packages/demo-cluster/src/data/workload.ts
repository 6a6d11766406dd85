/** The fields of a workload row, and shared ages and nodes. */
import type { StringMap, Toleration } from '../types'
import type { LogScript } from './logs'

export const MINUTE = 60
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Ages in seconds at the start of the demo, away from unit boundaries, so that equal ages print alike. */
export const CLUSTER_AGE = 13 * DAY + HOUR
export const PLATFORM_AGE = 12 * DAY + HOUR
export const SHOP_AGE = 6 * DAY + 3 * HOUR + 20 * MINUTE

export const CONTROL_PLANE = 'demo-control-plane'
export const WORKERS = ['demo-worker-1', 'demo-worker-2']

/** The state of a workload's pods. */
export type Behaviour = 'healthy' | 'crash-loop' | 'image-missing' | 'too-big' | 'completed'

export interface Workload {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'StaticPod'
  namespace: string
  name: string
  behaviour: Behaviour
  /** Age in seconds at the start of the demo. */
  age: number
  /** One pod for each entry, on that node. */
  nodes: string[]
  image: string
  /** Name of its container, if different. */
  container?: string
  labels?: StringMap
  port?: { name: string; number: number }
  command?: string[]
  env?: StringMap
  /** Environment variables taken from Secrets: `name: [secret, key]`. */
  secretEnv?: Record<string, [string, string]>
  requests?: StringMap
  limits?: StringMap
  hostNetwork?: boolean
  priorityClass?: 'system-node-critical' | 'system-cluster-critical'
  nodeSelector?: StringMap
  tolerations?: Toleration[]
  /** A volume for each pod of a StatefulSet. */
  claim?: { name: string; size: string; mountPath: string }
  log: LogScript
}
