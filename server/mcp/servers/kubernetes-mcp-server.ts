/**
 * kubernetes-mcp-server. We classify its tools ourselves: annotations are untrusted by the MCP specification, and this
 * server marks some writing tools as read-only.
 */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { builtInKindNamed } from '#shared/kubernetes/built-in-kinds'
import { quoted } from '#shared/text/quoted'
import { boundedTail } from './tail'
import type { Arguments, KnownServer } from './types'

const COMMANDS = msg('why-runs-commands')
/** As the API spells it: the server finds no other. */
const pod = { kind: 'Pod' }

const API_VERSION = /^(?:[a-z0-9.-]+\/)?v[a-z0-9]+$/

export const kubernetesMcpServer: KnownServer = {
  id: 'kubernetes-mcp-server',
  names: ['kubernetes-mcp-server'],
  everydayArguments: ['namespace', 'allNamespaces', 'name', 'tail', 'previous', 'container', 'labelSelector'],
  read({ apiVersion, kind, name, namespace }) {
    // It reads only by apiVersion and kind.
    if (apiVersion === undefined || !API_VERSION.test(apiVersion)) return undefined
    const common = { apiVersion, kind, ...(namespace !== undefined && { namespace }) }
    return {
      object: { tool: 'resources_get', arguments: { ...common, name } },
      row: { tool: 'resources_list', arguments: { ...common, fieldSelector: `metadata.name=${name}` } },
    }
  },
  tools: {
    pods_list: { effect: 'read', rank: 0, target: pod, replacedBy: 'kubectl_get' },
    pods_list_in_namespace: { effect: 'read', rank: 1, target: pod, replacedBy: 'kubectl_get' },
    pods_log: {
      effect: 'read',
      rank: 2,
      isLog: true,
      target: pod,
      defaults: (args) => ({ ...args, tail: boundedTail(args.tail) }),
      replacedBy: 'kubectl_logs',
    },
    resources_list: {
      effect: 'read',
      rank: 3,
      defaults: (args) => withKind(allNamespaces(args)),
      replacedBy: 'kubectl_get',
    },
    events_list: { effect: 'read', rank: 4, target: { kind: 'event' }, replacedBy: 'kubectl_events' },
    resources_get: { effect: 'read', rank: 5, defaults: withKind, replacedBy: 'kubectl_describe' },
    namespaces_list: {
      effect: 'read',
      rank: 6,
      target: { kind: 'namespace', clusterWide: true },
      replacedBy: 'kubectl_get',
    },
    pods_get: { effect: 'read', rank: 10, target: pod, replacedBy: 'kubectl_describe' },
    // It covers all namespaces unless `all_namespaces` is false.
    pods_top: {
      effect: 'read',
      target: { kind: 'pod', coversAllNamespaces: (args) => args.all_namespaces !== false },
      replacedBy: 'kubectl_top',
    },
    nodes_log: {
      effect: 'read',
      isLog: true,
      target: { kind: 'node', clusterWide: true },
      defaults: (args) => ({ ...args, tailLines: boundedTail(args.tailLines) }),
      checkRead: (args) => checkNodeLog(args) ?? checkNode(args),
    },
    nodes_stats_summary: { effect: 'read', checkRead: checkNode },
    nodes_top: {
      effect: 'read',
      target: { kind: 'node', clusterWide: true },
      checkRead: checkNode,
      replacedBy: 'kubectl_top',
    },
    projects_list: { effect: 'read', target: { kind: 'project', clusterWide: true }, replacedBy: 'kubectl_get' },
    helm_list: { effect: 'read', replacedBy: 'helm_list' },
    pods_delete: { effect: 'write', target: pod, removes: 'object', replacedBy: 'kubectl_delete' },
    pods_run: { effect: 'write', target: pod, replacedBy: 'kubectl_create' },
    resources_create_or_update: { effect: 'write', target: { manifest: 'resource' }, replacedBy: 'kubectl_apply' },
    resources_delete: { effect: 'write', removes: 'object', replacedBy: 'kubectl_delete' },
    // Without `scale` it only returns the current replica count.
    resources_scale: {
      effect: ({ scale }) => (scale === undefined || scale === null ? 'read' : 'write'),
      replacedBy: 'kubectl_scale',
    },
    helm_install: { effect: 'write' },
    helm_uninstall: { effect: 'write', removes: 'release' },
    pods_exec: { effect: 'write', target: pod, ban: { why: COMMANDS, canBeWrite: true } },
    configuration_view: {
      effect: 'read',
      ban: { why: msg('why-prints-kubeconfig'), canBeWrite: false },
    },
  },
}

/**
 * The server knows a kind by its exact name and API alone; models write `pods`, and `v1` for a Deployment. Another group
 * may mean a custom kind of the same name.
 */
function withKind(args: Arguments): Arguments {
  const { kind, apiVersion = 'v1' } = args
  const names = typeof kind === 'string' ? builtInKindNamed(kind) : undefined
  if (!names || typeof apiVersion !== 'string') return args
  const { group, version } = names
  const isOfGroup = group !== '' && apiVersion.startsWith(`${group}/`)
  if (!isOfGroup && apiVersion.includes('/')) return args
  return {
    ...args,
    kind: names.kind,
    apiVersion: isOfGroup ? apiVersion : group === '' ? version : `${group}/${version}`,
  }
}

/** No namespace has this name, and the server would answer with an empty list. */
function allNamespaces({ namespace, ...args }: Arguments): Arguments {
  const isAll = namespace === '' || namespace === 'all' || namespace === '*'
  return namespace === undefined || isAll ? args : { ...args, namespace }
}

function checkNodeLog({ query }: Arguments): Message | undefined {
  return typeof query === 'string' && /[/\\]|\.\./.test(query) ? msg('policy-node-log') : undefined
}

/** The API server's node proxy interprets colons as scheme and port. */
function checkNode({ name }: Arguments): Message | undefined {
  return typeof name === 'string' && name.includes(':') ? msg('policy-not-a-node', { name: quoted(name) }) : undefined
}
