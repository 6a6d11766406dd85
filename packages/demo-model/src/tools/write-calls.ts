/** Maps changes to calls of our own tools or those of other Kubernetes MCP servers. */
import { stringify } from 'yaml'
import { kindArguments } from './kinds'
import type { Call } from './candidates'
import type { WriteIntent } from '../question/write-intent'
import type { ObjectKind } from '../question/kinds'

/** All writing tools: if none is offered, the assistant is read-only. */
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
  'kubectl_set',
  'kubectl_rollout',
  'kubectl_label',
  'kubectl_annotate',
  'kubectl_cordon',
  'kubectl_drain',
  'helm_upgrade',
  'helm_rollback',
  'install_helm_chart',
  'upgrade_helm_chart',
  'uninstall_helm_chart',
])

export function isWriteTool(name: string): boolean {
  return WRITE_TOOLS.has(name)
}

/**
 * Calls that would make the change, best first. Our own server and mcp-server-kubernetes share names; each gets its own
 * arguments.
 */
export function writeCalls(intent: WriteIntent): Call[] {
  const { name, namespace } = intent
  const place = { name, namespace }
  switch (intent.do) {
    case 'scale':
      return [
        { name: 'kubectl_scale', arguments: { ...target(intent), replicas: intent.replicas } },
        { name: 'resources_scale', arguments: { ...kindArguments(intent.kind), ...place, scale: intent.replicas } },
      ]
    case 'restart':
    case 'undo':
      return [{ name: 'kubectl_rollout', arguments: { action: intent.do, subCommand: intent.do, ...target(intent) } }]
    case 'image':
      return [
        {
          name: 'kubectl_set',
          arguments: { ...target(intent), image: intent.image, container: intent.container },
        },
      ]
    case 'resources':
      return [{ name: 'kubectl_set', arguments: { ...target(intent), [intent.of]: intent.amount } }]
    case 'label':
      return [{ name: 'kubectl_label', arguments: { ...target(intent), labels: pairsText(intent.pairs) } }]
    case 'annotate':
      return [{ name: 'kubectl_annotate', arguments: { ...target(intent), annotations: pairsText(intent.pairs) } }]
    case 'cordon':
    case 'uncordon':
      return [{ name: 'kubectl_cordon', arguments: { name, ...(intent.do === 'uncordon' && { uncordon: true }) } }]
    case 'drain':
      return [{ name: 'kubectl_drain', arguments: { name } }]
    case 'delete':
      return [
        { name: 'kubectl_delete', arguments: target(intent) },
        ...(intent.kind === 'pod' ? [{ name: 'pods_delete', arguments: place }] : []),
        { name: 'resources_delete', arguments: { ...kindArguments(intent.kind), ...place } },
      ]
    case 'apply': {
      const manifest = manifestOf(intent)
      return [
        { name: 'kubectl_apply', arguments: { manifest, namespace } },
        { name: 'resources_create_or_update', arguments: { resource: manifest } },
        { name: 'kubectl_create', arguments: { manifest, namespace } },
      ]
    }
    case 'install':
      return [
        { name: 'helm_install', arguments: { chart: intent.chart, ...place } },
        { name: 'install_helm_chart', arguments: { chart: intent.chart, ...place } },
      ]
    case 'upgrade':
      return [
        { name: 'helm_upgrade', arguments: { chart: intent.chart, ...place } },
        { name: 'upgrade_helm_chart', arguments: { chart: intent.chart, ...place } },
      ]
    case 'rollback':
      return [{ name: 'helm_rollback', arguments: place }]
    case 'uninstall':
      return [
        { name: 'helm_uninstall', arguments: place },
        { name: 'uninstall_helm_chart', arguments: place },
      ]
  }
}

function target({ kind, name, namespace }: { kind: ObjectKind; name: string; namespace?: string }) {
  return { resource: kind, resourceType: kind, name, namespace }
}

/** `team=front,old-` */
function pairsText(pairs: Record<string, string | null>): string {
  return Object.entries(pairs)
    .map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`))
    .join(',')
}

function manifestOf({ kind, name, namespace, data }: Extract<WriteIntent, { do: 'apply' }>): string {
  return stringify({
    ...kindArguments(kind),
    metadata: { name, ...(namespace && { namespace }) },
    ...(kind === 'configmap' && { data }),
  })
}

/** The list in which to look for an object if the question names no namespace. */
export function lookupCalls(kind: ObjectKind): Call[] {
  return [
    { name: 'kubectl_get', arguments: { resource: kind, resourceType: kind, allNamespaces: true, output: 'wide' } },
    ...(kind === 'pod' ? [{ name: 'pods_list', arguments: {} }] : []),
    { name: 'resources_list', arguments: kindArguments(kind) },
  ]
}
