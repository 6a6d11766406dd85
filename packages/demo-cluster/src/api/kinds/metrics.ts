/** The metrics API, as metrics-server serves it. */
import { ageColumn, column, nameColumn } from '../../print/columns'
import type { NodeMetrics, PodMetrics } from '../../types'
import { defineResource, type Resource } from '../resource'

const metrics = { group: 'metrics.k8s.io', version: 'v1beta1', shortNames: [] }

export const metricsResources: Resource[] = [
  defineResource<NodeMetrics>({
    names: { ...metrics, kind: 'NodeMetrics', plural: 'nodes', singular: 'nodemetrics', namespaced: false },
    list: (snapshot) => snapshot.nodeMetrics,
    columns: [
      nameColumn,
      column('cpu', ({ usage }) => usage.cpu),
      column('memory', ({ usage }) => usage.memory),
      column('window', ({ window }) => window),
    ],
  }),
  defineResource<PodMetrics>({
    names: { ...metrics, kind: 'PodMetrics', plural: 'pods', singular: 'podmetrics', namespaced: true },
    list: (snapshot) => snapshot.podMetrics,
    columns: [nameColumn, column('Containers', ({ containers }) => containers.length), ageColumn],
  }),
]
