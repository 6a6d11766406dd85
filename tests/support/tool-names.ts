/** The same reads with each known MCP server's tool names, so that one test can run against all. */
export interface ToolNames {
  /** The server's name at initialize. */
  server: string
  listPods: [name: string, args: Record<string, unknown>]
  podsIn: (namespace: string) => [name: string, args: Record<string, unknown>]
  list: (
    kind: { apiVersion: string; kind: string; plural: string },
    namespace: string,
  ) => [name: string, args: Record<string, unknown>]
  describePod: (namespace: string, name: string) => [name: string, args: Record<string, unknown>]
  logs: (namespace: string, name: string) => [name: string, args: Record<string, unknown>]
  /** Every way to request a Secret, or a list of them, with the server's tools. */
  secrets: (namespace: string, name: string) => [name: string, args: Record<string, unknown>][]
  /** Every way to request another context. */
  otherContext: (context: string, namespace: string) => [name: string, args: Record<string, unknown>][]
}

export const OWN: ToolNames = {
  server: 'k8s-ai-assistant-mcp',
  listPods: ['kubectl_get', { resource: 'pods', allNamespaces: true }],
  podsIn: (namespace) => ['kubectl_get', { resource: 'pods', namespace }],
  list: ({ plural }, namespace) => ['kubectl_get', { resource: plural, namespace }],
  describePod: (namespace, name) => ['kubectl_describe', { resource: 'pod', namespace, name }],
  logs: (namespace, name) => ['kubectl_logs', { name, namespace }],
  secrets: (namespace, name) => [
    ['kubectl_get', { resource: 'secrets', namespace }],
    ['kubectl_get', { resource: 'Secret', namespace, name }],
    ['kubectl_get', { resource: 'v1/Secret', allNamespaces: true }],
    ['kubectl_get', { resource: 'secrets.v1.', namespace, name }],
    ['kubectl_get', { resource: `secret/${name}`, namespace }],
    ['kubectl_get', { resource: 'pods,secrets', namespace }],
    ['kubectl_get', { resource: 'configmaps', name: `secret/${name}`, namespace }],
    ['kubectl_describe', { resource: 'secret', namespace, name }],
    ['kubectl_describe', { name: `secret/${name}`, namespace }],
    ['kubectl_events', { resource: 'secret', namespace, name }],
  ],
  otherContext: (context, namespace) => [
    ['kubectl_get', { resource: 'pods', allNamespaces: true, context }],
    ['kubectl_get', { resource: 'pods', namespace, kube_context: context }],
    ['kubectl_describe', { resource: 'namespace', name: namespace, cluster: context }],
    ['kubectl_events', { namespace, kubeconfig: context }],
    ['kubectl_logs', { namespace, name: 'x', context }],
    ['kubectl_explain', { resource: 'pods', context }],
  ],
}

export const KUBERNETES_MCP_SERVER: ToolNames = {
  server: 'kubernetes-mcp-server',
  listPods: ['pods_list', {}],
  podsIn: (namespace) => ['pods_list_in_namespace', { namespace }],
  list: ({ apiVersion, kind }, namespace) => ['resources_list', { apiVersion, kind, namespace }],
  describePod: (namespace, name) => ['pods_get', { namespace, name }],
  logs: (namespace, name) => ['pods_log', { namespace, name }],
  secrets: (namespace, name) => [
    ['resources_list', { apiVersion: 'v1', kind: 'Secret' }],
    ['resources_list', { apiVersion: 'v1', kind: 'secret', namespace }],
    ['resources_list', { apiVersion: 'v1', kind: 'SecretList', namespace }],
    ['resources_get', { apiVersion: 'v1', kind: 'Secret', namespace, name }],
    ['resources_get', { apiVersion: 'v1', kind: 'secrets', namespace, name }],
    ['resources_get', { apiVersion: '/v1', kind: 'Secret', namespace, name }],
    ['resources_get', { apiVersion: 'v1', kind: ' Secret ', namespace, name }],
    ['configuration_view', { minified: false }],
  ],
  otherContext: (context, namespace) => [
    ['pods_list', { context }],
    ['pods_list_in_namespace', { namespace, context }],
    ['resources_list', { apiVersion: 'v1', kind: 'Secret', namespace, context }],
    ['resources_get', { apiVersion: 'v1', kind: 'Namespace', name: namespace, cluster: context }],
    ['events_list', { namespace, kubeconfig: context }],
    ['pods_log', { namespace, name: `x --context=${context}` }],
    ['configuration_view', {}],
  ],
}

export const MCP_SERVER_KUBERNETES: ToolNames = {
  server: 'kubernetes',
  listPods: ['kubectl_get', { resourceType: 'pods', allNamespaces: true }],
  podsIn: (namespace) => ['kubectl_get', { resourceType: 'pods', namespace }],
  list: ({ plural }, namespace) => ['kubectl_get', { resourceType: plural, namespace }],
  describePod: (namespace, name) => ['kubectl_describe', { resourceType: 'pod', namespace, name }],
  logs: (namespace, name) => ['kubectl_logs', { resourceType: 'pod', namespace, name }],
  secrets: (namespace, name) => [
    ['kubectl_get', { resourceType: 'secrets', namespace }],
    ['kubectl_get', { resourceType: 'secret', namespace, name, output: 'yaml' }],
    ['kubectl_get', { resourceType: 'Secrets', allNamespaces: true, output: 'json' }],
    ['kubectl_get', { resourceType: 'secrets.v1.', namespace, name }],
    ['kubectl_get', { resourceType: `secret/${name}`, namespace }],
    ['kubectl_get', { resourceType: `v1/secrets`, namespace }],
    ['kubectl_get', { resourceType: 'pods,secrets', namespace, output: 'yaml' }],
    ['kubectl_get', { resourceType: 'configmaps', name: `secret/${name}`, namespace }],
    ['kubectl_get', { resourceType: '--raw=/api/v1/secrets', namespace }],
    ['kubectl_describe', { resourceType: 'secret', namespace, name }],
    ['kubectl_generic', { command: 'get', resourceType: 'secret', name, namespace, outputFormat: 'yaml' }],
    ['kubectl_context', { operation: 'list', showCurrent: true }],
  ],
  otherContext: (context, namespace) => [
    ['kubectl_get', { resourceType: 'pods', allNamespaces: true, context }],
    ['kubectl_get', { resourceType: 'pods', labelSelector: `--context=${context}`, namespace }],
    ['kubectl_get', { resourceType: `pods --context=${context}`, namespace }],
    ['kubectl_get', { resourceType: 'pods', namespace: `${namespace} --context=${context}` }],
    ['kubectl_describe', { resourceType: 'namespace', name: `--context=${context}` }],
    ['kubectl_logs', { resourceType: 'pod', name: `--context=${context}`, namespace }],
    ['kubectl_logs', { resourceType: 'pod', name: 'x', namespace, container: `--context=${context}` }],
    ['explain_resource', { resource: 'pods', context }],
    ['list_api_resources', { context }],
    ['list_api_resources', { apiGroup: '', verbs: [`list`, `--context=${context}`] }],
    ['kubectl_context', { operation: 'set', name: context }],
    ['kubectl_generic', { command: 'get', resourceType: 'pods', flags: { context } }],
  ],
}
