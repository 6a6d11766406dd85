/** Our own MCP server (`mcp/`): it only reads, and answers with structured results. */
import { z } from 'zod'
import type { Arguments, KnownServer, ToolTarget } from './types'

const target: ToolTarget = { kindWords, coversAllNamespaces }

export const ownServer: KnownServer = {
  id: 'k8s-ai-assistant-mcp',
  names: ['k8s-ai-assistant-mcp'],
  isStructured: true,
  isInProcess: true,
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
    kubectl_get: { effect: 'read', rank: 0, target },
    kubectl_describe: { effect: 'read', rank: 1, target },
    kubectl_logs: { effect: 'read', rank: 2, isLog: true, target: { kind: 'pod', ...target } },
    kubectl_events: { effect: 'read', rank: 3, target: { kind: 'event', ...target } },
    kubectl_top: { effect: 'read', rank: 4, target },
    kubectl_rollout: { effect: 'read', rank: 5, target: { kind: 'deployment', ...target } },
    helm_list: { effect: 'read', rank: 6, target },
    helm_values: { effect: 'read', rank: 7 },
    helm_history: { effect: 'read', rank: 8 },
    kubectl_explain: { effect: 'read', rank: 9, target: { isDocumentation: true } },
  },
}

/** The server also takes `secret/gateway` as a name. */
function kindWords({ name }: Arguments): string[] {
  const [kind, ...rest] = typeof name === 'string' ? name.split('/') : []
  return kind !== undefined && rest.length > 0 ? [kind] : []
}

function coversAllNamespaces({ allNamespaces, namespace }: Arguments): boolean {
  return Boolean(allNamespaces) || namespace === 'all' || namespace === '*'
}

const listSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  fieldSelector: z.string().optional(),
})

/**
 * A read of kubernetes-mcp-server as one of ours, so that what a change did is shown as all other reads are.
 * @returns undefined if ours has no such read
 */
export function ownRead(tool: string, args: Arguments): { tool: string; arguments: Arguments } | undefined {
  if (tool === 'helm_list') return { tool, arguments: args }
  const list = tool === 'resources_list' ? listSchema.safeParse(args).data : undefined
  if (!list) return undefined
  const { apiVersion, kind, namespace, fieldSelector } = list
  return {
    tool: 'kubectl_get',
    arguments: {
      resource: apiVersion === 'v1' ? kind : `${apiVersion}/${kind}`,
      ...(namespace ? { namespace } : { allNamespaces: true }),
      ...(fieldSelector && { fieldSelector }),
    },
  }
}
