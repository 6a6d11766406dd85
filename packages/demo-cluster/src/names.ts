/** The names of the demo's own objects. */
import { configMaps, namespaces } from './data/config'
import { helmRelease } from './data/helm'
import { nodes } from './data/nodes'
import { cronJob } from './data/payments'
import { autoscaler, quota } from './data/policies'
import { ingress, services } from './data/services'
import { workloads } from './data/workloads'

export interface DemoName {
  kind: string
  name: string
  namespace?: string
}

function named(kind: string, { name, namespace }: { name: string; namespace: string }): DemoName {
  return { kind, name, namespace }
}

/** Workloads come first: of several objects with one name, they are what a person usually means. */
export const demoNames: readonly DemoName[] = [
  ...workloads.map((row) => named(row.kind === 'StaticPod' ? 'Pod' : row.kind, row)),
  named('CronJob', cronJob),
  ...services.map((row) => named('Service', row)),
  named('Ingress', ingress),
  ...configMaps.map((row) => named('ConfigMap', row)),
  named('HorizontalPodAutoscaler', autoscaler),
  named('ResourceQuota', quota),
  named('Release', helmRelease),
  ...nodes.map(({ name }) => ({ kind: 'Node', name })),
  ...namespaces.map(([name]) => ({ kind: 'Namespace', name })),
]
