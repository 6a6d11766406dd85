/** Our own MCP server (`mcp/`): structured results, and changes that are planned before they run. */
import type { Arguments, Effect, KnownServer, ToolTarget } from './types'

const target: ToolTarget = { kindWords, coversAllNamespaces }

export const ownServer: KnownServer = {
  id: 'k8s-ai-assistant-mcp',
  names: ['k8s-ai-assistant-mcp'],
  isStructured: true,
  isInProcess: true,
  plansChanges: true,
  everydayArguments: [
    'namespace',
    'allNamespaces',
    'name',
    'countBy',
    'labelSelector',
    'container',
    'previous',
    'search',
  ],
  tools: {
    kubectl_get: { effect: 'read', rank: 1, target },
    diagnose: { effect: 'read', rank: 0, target },
    kubectl_describe: { effect: 'read', rank: 2, target },
    kubectl_logs: { effect: 'read', rank: 3, isLog: true, target: { kind: 'pod', ...target } },
    what_changed: { effect: 'read', rank: 4, target },
    // The plan names the touched objects.
    kubectl_scale: { effect: 'write', rank: 5 },
    kubectl_apply: { effect: 'write', rank: 6 },
    kubectl_delete: { effect: 'write', rank: 7 },
    kubectl_events: { effect: 'read', rank: 8, group: 'reads', target: { kind: 'event', ...target } },
    kubectl_top: { effect: 'read', rank: 9, group: 'reads', target },
    kubectl_rollout: { effect: rolloutEffect, rank: 10, group: 'changes', target: { kind: 'deployment', ...target } },
    kubectl_set: { effect: 'write', rank: 11, group: 'changes' },
    helm_list: { effect: 'read', rank: 12, group: 'helm', target },
    kubectl_patch: { effect: 'write', rank: 13, group: 'changes' },
    helm_values: { effect: 'read', rank: 14, group: 'helm' },
    helm_history: { effect: 'read', rank: 15, group: 'helm' },
    kubectl_explain: { effect: 'read', rank: 16, group: 'reads', target: { isDocumentation: true } },
    kubectl_create: { effect: 'write', rank: 17, group: 'changes' },
    kubectl_label: { effect: 'write', rank: 18, group: 'changes' },
    kubectl_annotate: { effect: 'write', rank: 19, group: 'changes' },
    kubectl_cordon: { effect: 'write', rank: 20, group: 'nodes' },
    kubectl_drain: { effect: 'write', rank: 21, group: 'nodes' },
    helm_upgrade: { effect: 'write', rank: 22, group: 'helm' },
    helm_rollback: { effect: 'write', rank: 23, group: 'helm' },
    helm_install: { effect: 'write', rank: 24, group: 'helm' },
    helm_uninstall: { effect: 'write', rank: 25, group: 'helm' },
  },
}

const ROLLOUT_CHANGES = new Set(['restart', 'undo', 'pause', 'resume'])

/** As the server itself decides; if it disagrees, it plans and runs nothing. */
function rolloutEffect(args: Arguments): Effect {
  const actions = Object.entries(args).flatMap(([name, value]) =>
    ['action', 'subcommand', 'command'].includes(name.toLowerCase()) ? [Array.isArray(value) ? value[0] : value] : [],
  )
  const changes = actions.some((each) => typeof each === 'string' && ROLLOUT_CHANGES.has(each.trim().toLowerCase()))
  return changes ? 'write' : 'read'
}

/** The server also accepts `secret/gateway` as a name. */
function kindWords({ name }: Arguments): string[] {
  const [kind, ...rest] = typeof name === 'string' ? name.split('/') : []
  return kind !== undefined && rest.length > 0 ? [kind] : []
}

function coversAllNamespaces({ allNamespaces, namespace }: Arguments): boolean {
  return Boolean(allNamespaces) || namespace === 'all' || namespace === '*'
}
