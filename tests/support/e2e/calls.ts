/** Reads of the demo's cluster that scripted answers make. */

export type Call = [tool: string, args: object]

export const PODS: Call = ['kubectl_get', { resource: 'pods', allNamespaces: true }]
export const CALLS: Call[] = [
  PODS,
  ['kubectl_get', { resource: 'deployments', namespace: 'shop' }],
  ['kubectl_get', { resource: 'services', namespace: 'shop' }],
  ['kubectl_logs', { namespace: 'shop', name: 'deploy/cart' }],
  ['kubectl_get', { resource: 'nodes' }],
  ['kubectl_get', { resource: 'pods', namespace: 'shpo' }],
]
export const WORDS = 'The cart cannot reach its database, so its pods end and start again.'
