/** The machines of the demo cluster, and the versions that they and the API server report. */
import { CLUSTER_AGE, CONTROL_PLANE, WORKERS } from './workload'

export interface NodeRow {
  name: string
  ip: string
  podCIDR: string
  age: number
  controlPlane: boolean
}

export const KUBERNETES_VERSION = 'v1.33.1'

export const nodes: NodeRow[] = [CONTROL_PLANE, ...WORKERS].map((name, index) => ({
  name,
  ip: `172.18.0.${index + 2}`,
  podCIDR: `10.244.${index}.0/24`,
  age: CLUSTER_AGE - index * 60,
  controlPlane: name === CONTROL_PLANE,
}))

export const nodeCapacity = {
  cpu: '4',
  'ephemeral-storage': '61202244Ki',
  'hugepages-2Mi': '0',
  memory: '8137468Ki',
  pods: '110',
}
