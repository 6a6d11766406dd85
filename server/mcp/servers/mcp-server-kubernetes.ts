/** mcp-server-kubernetes, which calls kubectl and Helm. We classify its tools ourselves: annotations are untrusted. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { boundedTail } from './tail'
import type { Arguments, Effect, KnownServer } from './types'

const CONNECTION = msg('why-connection')
const manifest = { manifest: 'manifest' }

export const mcpServerKubernetes: KnownServer = {
  id: 'mcp-server-kubernetes',
  names: ['kubernetes', 'mcp-server-kubernetes'],
  everydayArguments: ['namespace', 'allNamespaces', 'name', 'tail', 'previous', 'container', 'labelSelector'],
  read({ apiVersion, kind, name, namespace }) {
    const [version, group = ''] = (apiVersion ?? '').split('/').reverse()
    const resourceType = apiVersion === undefined ? kind : `${kind}.${version}.${group}`
    const common = { resourceType, ...(namespace !== undefined && { namespace }) }
    return {
      object: { tool: 'kubectl_get', arguments: { ...common, name, output: 'yaml' } },
      row: { tool: 'kubectl_get', arguments: { ...common, fieldSelector: `metadata.name=${name}`, output: 'wide' } },
    }
  },
  tools: {
    // Its default list calls a 0/2 Deployment "Active" and fails at 5,000 pods; `wide` is kubectl's own table.
    kubectl_get: {
      effect: 'read',
      rank: 7,
      defaults: (args) => ({ ...args, output: args.name && args.output !== 'wide' ? 'yaml' : 'wide' }),
    },
    kubectl_describe: { effect: 'read', rank: 8 },
    // An unbounded log would exceed its 1 MiB buffer (`ENOBUFS`).
    kubectl_logs: {
      effect: 'read',
      rank: 9,
      isLog: true,
      target: { kind: 'pod' },
      defaults: (args) => ({ ...args, tail: boundedTail(args.tail) }),
    },
    list_api_resources: {
      effect: 'read',
      rank: 11,
      target: { isDocumentation: true },
      replacedBy: 'kubectl_explain',
    },
    explain_resource: { effect: 'read', target: { isDocumentation: true }, replacedBy: 'kubectl_explain' },
    ping: { effect: 'read', target: { isDocumentation: true } },
    kubectl_rollout: { effect: rolloutEffect, defaults: rolloutDefaults },
    node_management: {
      effect: ({ operation }) => (operation === 'list' ? 'read' : 'write'),
      target: { kind: 'node', clusterWide: true, name: 'nodeName' },
      removes: 'node',
    },
    kubectl_generic: {
      effect: 'write',
      ban: { why: msg('why-any-kubectl'), canBeWrite: false },
    },
    kubectl_apply: { effect: 'write', target: manifest },
    kubectl_create: { effect: 'write', target: manifest, checkWrite: checkCreate },
    kubectl_delete: { effect: 'write', target: manifest, removes: 'object' },
    kubectl_patch: { effect: 'write' },
    kubectl_scale: { effect: 'write', target: { kind: 'deployment' } },
    install_helm_chart: { effect: 'write' },
    upgrade_helm_chart: { effect: 'write' },
    uninstall_helm_chart: { effect: 'write', removes: 'release' },
    kubectl_context: {
      effect: 'write',
      ban: { why: msg('why-rewrites-kubeconfig'), canBeWrite: false },
    },
    kubectl_reconnect: { effect: 'write', ban: { why: CONNECTION, canBeWrite: false } },
    exec_in_pod: {
      effect: 'write',
      target: { kind: 'pod' },
      ban: { why: msg('why-runs-commands'), canBeWrite: true },
    },
    port_forward: { effect: 'write', ban: { why: msg('why-opens-port'), canBeWrite: true } },
    stop_port_forward: {
      effect: 'write',
      ban: { why: msg('why-port-forwarding'), canBeWrite: true },
    },
    cleanup: {
      effect: 'write',
      ban: { why: msg('why-removes-unlisted'), canBeWrite: true },
    },
  },
}

function rolloutEffect({ subCommand }: Arguments): Effect {
  return subCommand === 'status' || subCommand === 'history' ? 'read' : 'write'
}

/** `rollout status` blocks until the rollout ends, and the server answers no other call meanwhile. */
function rolloutDefaults(args: Arguments): Arguments {
  return args.subCommand === 'status' ? { ...args, watch: false, timeout: '5s' } : args
}

/** It puts both behind the command, where kubectl takes them for a part of it: the Job is a real one, in "default". */
function checkCreate({ command, namespace, dryRun }: Arguments): Message | undefined {
  const isLost = Boolean(dryRun) || (Boolean(namespace) && namespace !== 'default')
  return Boolean(command) && isLost ? msg('policy-create-command') : undefined
}
