/** The same changes with each MCP server's tools. */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Call = [tool: string, args: Record<string, unknown>]

export const CHART = fileURLToPath(new URL('./chart', import.meta.url))

export interface Writes {
  scale: (namespace: string, name: string, replicas: number) => Call
  apply: (namespace: string, manifest: string) => Call
  delete: (namespace: string, apiVersion: string, kind: string, name: string) => Call
  /** Absent if the server has no such tool. */
  restart?: (namespace: string, name: string) => Call
  install: (namespace: string, release: string) => Call
  uninstall: (namespace: string, release: string) => Call
}

/** Settings for this chart, for an assistant with its own MCP server. */
export const CHARTS = { HELM_CHART_SOURCES: dirname(CHART) }

/** Required to change anything through a server that chose its cluster itself. */
export const UNVERIFIED = { MCP_ALLOW_UNVERIFIED_WRITES: '1' }

export const OWN_WRITES: Writes = {
  scale: (namespace, name, replicas) => ['kubectl_scale', { resource: 'deployment', namespace, name, replicas }],
  apply: (namespace, manifest) => ['kubectl_apply', { manifest, namespace }],
  delete: (namespace, _, kind, name) => [
    'kubectl_delete',
    { resource: kind.toLowerCase(), name, ...(namespace !== '' && { namespace }) },
  ],
  restart: (namespace, name) => ['kubectl_rollout', { action: 'restart', resource: 'deployment', namespace, name }],
  install: (namespace, name) => ['helm_install', { chart: CHART, name, namespace }],
  uninstall: (namespace, name) => ['helm_uninstall', { name, namespace }],
}

export const KUBERNETES_MCP_SERVER_WRITES: Writes = {
  scale: (namespace, name, scale) => [
    'resources_scale',
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name, scale },
  ],
  apply: (_, resource) => ['resources_create_or_update', { resource }],
  delete: (namespace, apiVersion, kind, name) => ['resources_delete', { apiVersion, kind, namespace, name }],
  install: (namespace, name) => ['helm_install', { chart: CHART, name, namespace }],
  uninstall: (namespace, name) => ['helm_uninstall', { name, namespace }],
}

export const MCP_SERVER_KUBERNETES_WRITES: Writes = {
  scale: (namespace, name, replicas) => ['kubectl_scale', { resourceType: 'deployment', namespace, name, replicas }],
  apply: (namespace, manifest) => ['kubectl_apply', { manifest, namespace }],
  delete: (namespace, _, kind, name) => ['kubectl_delete', { resourceType: kind.toLowerCase(), namespace, name }],
  restart: (namespace, name) => [
    'kubectl_rollout',
    { subCommand: 'restart', resourceType: 'deployment', namespace, name },
  ],
  install: (namespace, name) => ['install_helm_chart', { chart: CHART, name, namespace }],
  uninstall: (namespace, name) => ['uninstall_helm_chart', { name, namespace }],
}
