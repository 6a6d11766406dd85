/** The tools of other Kubernetes MCP servers, as far as the rules use them. */
import { modelTool } from '../../../support/brands'
import type { ModelTool } from '../../../../server/model/types'

function tool(name: string, ...properties: string[]): ModelTool {
  return {
    name: modelTool(name),
    description: name,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(properties.map((each) => [each, { type: 'string' }])),
    },
  }
}

/** The names and arguments of kubernetes-mcp-server. */
export const kubernetesMcpServerTools: ModelTool[] = [
  tool('events_list', 'fieldSelector', 'namespace'),
  tool('namespaces_list', 'fieldSelector'),
  tool('pods_get', 'name', 'namespace'),
  tool('pods_list', 'fieldSelector', 'labelSelector'),
  tool('pods_list_in_namespace', 'fieldSelector', 'labelSelector', 'namespace'),
  tool('pods_log', 'container', 'name', 'namespace', 'previous', 'tail'),
  tool('resources_get', 'apiVersion', 'kind', 'name', 'namespace'),
  tool('resources_list', 'apiVersion', 'kind', 'fieldSelector', 'labelSelector', 'namespace'),
]

/** Those of mcp-server-kubernetes. */
export const mcpServerKubernetesTools: ModelTool[] = [
  tool('kubectl_get', 'resourceType', 'name', 'namespace', 'output', 'allNamespaces', 'labelSelector'),
  tool('kubectl_describe', 'resourceType', 'name', 'namespace'),
  tool('kubectl_logs', 'resourceType', 'name', 'namespace', 'container', 'tail', 'previous'),
]

/** With those that change something. */
export const kubernetesMcpServerWriting: ModelTool[] = [
  ...kubernetesMcpServerTools,
  tool('helm_install', 'chart', 'name', 'namespace', 'values'),
  tool('helm_list', 'all_namespaces', 'namespace'),
  tool('helm_uninstall', 'name', 'namespace'),
  tool('pods_delete', 'name', 'namespace'),
  tool('resources_create_or_update', 'resource'),
  tool('resources_delete', 'apiVersion', 'gracePeriodSeconds', 'kind', 'name', 'namespace'),
  tool('resources_scale', 'apiVersion', 'kind', 'name', 'namespace', 'scale'),
]

export const mcpServerKubernetesWriting: ModelTool[] = [
  ...mcpServerKubernetesTools,
  tool('install_helm_chart', 'name', 'chart', 'namespace', 'repo', 'values'),
  tool('kubectl_apply', 'manifest', 'namespace', 'dryRun'),
  tool('kubectl_delete', 'resourceType', 'name', 'namespace'),
  tool('kubectl_rollout', 'subCommand', 'resourceType', 'name', 'namespace'),
  tool('kubectl_scale', 'name', 'namespace', 'replicas', 'resourceType'),
  tool('uninstall_helm_chart', 'name', 'namespace'),
  tool('upgrade_helm_chart', 'name', 'chart', 'namespace', 'repo', 'values'),
]
