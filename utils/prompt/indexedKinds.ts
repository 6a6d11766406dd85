/** The kinds that are completed, the usual ones first. */
export const INDEXED_KINDS = [
  ...(['namespaces', 'deployments', 'statefulsets', 'daemonsets', 'cronjobs', 'pods', 'services'] as const),
  ...(['ingresses', 'nodes'] as const),
]
export type IndexedKind = (typeof INDEXED_KINDS)[number]
