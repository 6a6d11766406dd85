/** A change → the calls that make it, in the words of the Kubernetes MCP servers that can write. */
import { stringify } from 'yaml'
import type { Call } from './toolset'
import type { WriteIntent } from './write-intent'
import type { ObjectKind } from './write-words'

const KINDS: Record<ObjectKind, { apiVersion: string; kind: string }> = {
  pod: { apiVersion: 'v1', kind: 'Pod' },
  deployment: { apiVersion: 'apps/v1', kind: 'Deployment' },
  statefulset: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  daemonset: { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  replicaset: { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  service: { apiVersion: 'v1', kind: 'Service' },
  configmap: { apiVersion: 'v1', kind: 'ConfigMap' },
  job: { apiVersion: 'batch/v1', kind: 'Job' },
  cronjob: { apiVersion: 'batch/v1', kind: 'CronJob' },
  ingress: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  namespace: { apiVersion: 'v1', kind: 'Namespace' },
}

export function kindName(kind: ObjectKind): string {
  return KINDS[kind].kind
}

/** All that change something: where none of them is offered, the assistant only reads. */
const WRITE_TOOLS = new Set([
  'resources_scale',
  'resources_create_or_update',
  'resources_delete',
  'pods_delete',
  'pods_run',
  'helm_install',
  'helm_uninstall',
  'kubectl_scale',
  'kubectl_apply',
  'kubectl_create',
  'kubectl_delete',
  'kubectl_patch',
  'kubectl_rollout',
  'install_helm_chart',
  'upgrade_helm_chart',
  'uninstall_helm_chart',
])

export function isWriteTool(name: string): boolean {
  return WRITE_TOOLS.has(name)
}

/** Which calls would make the change, the best first. */
export function writeCalls(intent: WriteIntent): Call[] {
  const { name, namespace } = intent
  switch (intent.do) {
    case 'scale':
      return [
        { name: 'resources_scale', arguments: { ...KINDS[intent.kind], name, namespace, scale: intent.replicas } },
        {
          name: 'kubectl_scale',
          arguments: { resourceType: intent.kind, name, namespace, replicas: intent.replicas },
        },
      ]
    case 'restart':
      return [
        {
          name: 'kubectl_rollout',
          arguments: { subCommand: 'restart', resourceType: intent.kind, name, namespace },
        },
      ]
    case 'delete':
      return [
        ...(intent.kind === 'pod' ? [{ name: 'pods_delete', arguments: { name, namespace } }] : []),
        { name: 'resources_delete', arguments: { ...KINDS[intent.kind], name, namespace } },
        { name: 'kubectl_delete', arguments: { resourceType: intent.kind, name, namespace } },
      ]
    case 'apply': {
      const manifest = manifestOf(intent)
      return [
        { name: 'resources_create_or_update', arguments: { resource: manifest } },
        { name: 'kubectl_apply', arguments: { manifest, namespace } },
        { name: 'kubectl_create', arguments: { manifest, namespace } },
      ]
    }
    case 'install':
      return [
        { name: 'helm_install', arguments: { chart: intent.chart, name, namespace } },
        { name: 'install_helm_chart', arguments: { chart: intent.chart, name, namespace } },
      ]
    case 'upgrade':
      return [{ name: 'upgrade_helm_chart', arguments: { chart: intent.chart, name, namespace } }]
    case 'uninstall':
      return [
        { name: 'helm_uninstall', arguments: { name, namespace } },
        { name: 'uninstall_helm_chart', arguments: { name, namespace } },
      ]
  }
}

function manifestOf({ kind, name, namespace, data }: Extract<WriteIntent, { do: 'apply' }>): string {
  return stringify({
    ...KINDS[kind],
    metadata: { name, ...(namespace && { namespace }) },
    ...(kind === 'configmap' && { data }),
  })
}

/** The list in which an object is looked for where the question does not say the namespace. */
export function lookupCalls(kind: ObjectKind): Call[] {
  return [
    { name: 'kubectl_get', arguments: { resource: kind, resourceType: kind, allNamespaces: true, output: 'wide' } },
    ...(kind === 'pod' ? [{ name: 'pods_list', arguments: {} }] : []),
    { name: 'resources_list', arguments: KINDS[kind] },
  ]
}
