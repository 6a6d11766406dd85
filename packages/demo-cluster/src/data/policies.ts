/** The autoscaler and the quota. Neither has an effect: the demo has no controller for them. */
import { CLUSTER_AGE, PLATFORM_AGE } from './workload'

export const autoscaler = {
  namespace: 'kube-system',
  name: 'coredns',
  age: CLUSTER_AGE,
  deployment: 'coredns',
  minReplicas: 2,
  maxReplicas: 6,
  /** Percent of the requested CPU. */
  target: 70,
}

export const quota = {
  namespace: 'payments',
  name: 'team-quota',
  age: PLATFORM_AGE,
  hard: { persistentvolumeclaims: '10', pods: '20' },
}
