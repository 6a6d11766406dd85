/** The metrics API, as metrics-server serves it. */
import { ageColumn, column, nameColumn } from '../../print/columns'
import type { NodeMetrics, PodMetrics } from '../../types'
import { defineResource, type Resource } from '../resource'

const group = { group: 'metrics.k8s.io', version: 'v1beta1' }

export const metricsResources: Resource[] = [
  defineResource<NodeMetrics>({
    ...group,
    kind: 'NodeMetrics',
    plural: 'nodes',
    clusterScoped: true,
    list: (snapshot) => snapshot.nodeMetrics,
    columns: [
      nameColumn,
      column('cpu', ({ usage }) => usage.cpu),
      column('memory', ({ usage }) => usage.memory),
      column('window', ({ window }) => window),
    ],
  }),
  defineResource<PodMetrics>({
    ...group,
    kind: 'PodMetrics',
    plural: 'pods',
    list: (snapshot) => snapshot.podMetrics,
    columns: [nameColumn, column('Containers', ({ containers }) => containers.length), ageColumn],
  }),
]
