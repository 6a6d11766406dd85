/** Tools with the names and approximate size of kubernetes-mcp-server's read-only ones. */

const text = (description: string) => ({ type: 'string', description })
const NAMESPACE = text('Namespace to look in; defaults to the configured one')
const NAME = text('Name of the resource')
const SELECTOR = text('Kubernetes label selector, e.g. "app=web,tier in (front,back)", by which the list is filtered')
const KIND = {
  apiVersion: text('apiVersion of the resources, e.g. v1, apps/v1, networking.k8s.io/v1'),
  kind: text('kind of the resources, e.g. Pod, Service, Deployment, Ingress'),
}

export const TOOLS = [
  tool('events_list', 'List the events (warnings, errors, state changes) of the cluster, for debugging', {
    namespace: NAMESPACE,
  }),
  tool('namespaces_list', 'List all the namespaces of the cluster', {}),
  tool('nodes_log', 'Get logs of a node (kubelet, kube-proxy or others) through the proxy of the API server', {
    name: NAME,
    query: text('Name of the service or of the file'),
  }),
  tool('nodes_stats_summary', 'Get detailed resource usage of a node: CPU, memory, file system, network', {
    name: NAME,
  }),
  tool('nodes_top', 'List the CPU and memory that nodes use, as the Metrics Server recorded them', { name: NAME }),
  tool('pods_get', 'Get a pod by its name', { namespace: NAMESPACE, name: NAME }),
  tool('pods_list', 'List all the pods of all namespaces of the cluster', { labelSelector: SELECTOR }),
  tool('pods_list_in_namespace', 'List all the pods of a namespace', { namespace: NAMESPACE, labelSelector: SELECTOR }),
  tool('pods_log', 'Get the logs of a pod', {
    namespace: NAMESPACE,
    name: NAME,
    container: text('Name of a container'),
  }),
  tool('pods_top', 'List the CPU and memory that pods use, as the Metrics Server recorded them', {
    namespace: NAMESPACE,
    labelSelector: SELECTOR,
  }),
  tool('resources_get', 'Get any resource by its apiVersion, kind, namespace and name', {
    ...KIND,
    namespace: NAMESPACE,
    name: NAME,
  }),
  tool('resources_list', 'List resources of any kind by their apiVersion, kind and, if applicable, namespace', {
    ...KIND,
    namespace: NAMESPACE,
    labelSelector: SELECTOR,
  }),
]

function tool(name: string, description: string, properties: Record<string, object>) {
  return { name, description, inputSchema: { type: 'object', properties } }
}
