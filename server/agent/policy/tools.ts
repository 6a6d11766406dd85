/**
 * The tools of both known MCP servers, by their own names. The list is ours: a server's annotations are untrusted by the MCP
 * specification, and both servers call things read-only that are not. `tests/integration/known-tools.test.ts` fails where a
 * server has a tool that is not here.
 */

/** `by-arguments`: some calls of it read, and the rest write. */
export type ToolClass = 'read' | 'write' | 'by-arguments'

const CLASSES = new Map<string, ToolClass>([
  // kubernetes-mcp-server
  ['events_list', 'read'],
  ['namespaces_list', 'read'],
  ['nodes_log', 'read'],
  ['nodes_stats_summary', 'read'],
  ['nodes_top', 'read'],
  ['pods_get', 'read'],
  ['pods_list', 'read'],
  ['pods_list_in_namespace', 'read'],
  ['pods_log', 'read'],
  ['pods_top', 'read'],
  ['projects_list', 'read'],
  ['resources_get', 'read'],
  ['resources_list', 'read'],
  ['helm_list', 'read'],
  ['pods_delete', 'write'],
  ['pods_run', 'write'],
  ['resources_create_or_update', 'write'],
  ['resources_delete', 'write'],
  ['resources_scale', 'by-arguments'],
  ['helm_install', 'write'],
  ['helm_uninstall', 'write'],
  // mcp-server-kubernetes
  ['kubectl_get', 'read'],
  ['kubectl_describe', 'read'],
  ['kubectl_logs', 'read'],
  ['explain_resource', 'read'],
  ['list_api_resources', 'read'],
  ['ping', 'read'],
  ['kubectl_apply', 'write'],
  ['kubectl_create', 'write'],
  ['kubectl_delete', 'write'],
  ['kubectl_patch', 'write'],
  ['kubectl_scale', 'write'],
  ['install_helm_chart', 'write'],
  ['upgrade_helm_chart', 'write'],
  ['uninstall_helm_chart', 'write'],
  ['kubectl_rollout', 'by-arguments'],
  ['node_management', 'by-arguments'],
  ['kubectl_generic', 'by-arguments'],
])

interface Ban {
  why: string
  /** The operator may make it a write that a person approves. */
  canBeWrite: boolean
}

const DENIED = new Map<string, Ban>([
  ['configuration_view', { why: 'it prints the kubeconfig with its credentials', canBeWrite: false }],
  ['kubectl_context', { why: 'it rewrites the kubeconfig; the operator chooses the context', canBeWrite: false }],
  ['kubectl_reconnect', { why: 'the operator chooses the connection to the cluster', canBeWrite: false }],
  ['exec_in_pod', { why: 'it runs commands inside containers', canBeWrite: true }],
  ['pods_exec', { why: 'it runs commands inside containers', canBeWrite: true }],
  ['port_forward', { why: 'it opens a port into the cluster', canBeWrite: true }],
  ['stop_port_forward', { why: 'it belongs to port forwarding, which is off', canBeWrite: true }],
  ['cleanup', { why: 'it removes resources the assistant did not list', canBeWrite: true }],
])

/** The class of a tool that we know and do not deny. */
export function classOf(tool: string): ToolClass | undefined {
  return CLASSES.get(tool)
}

/** Why a tool is denied unless the operator says otherwise. */
export function banOf(tool: string): Ban | undefined {
  return DENIED.get(tool)
}

/** True for the tools that the list has an opinion of. */
export function isKnown(tool: string): boolean {
  return CLASSES.has(tool) || DENIED.has(tool)
}
