/**
 * Which tool calls may run. The list is our own: a server's annotations are untrusted by the MCP specification, and both
 * known servers call things read-only that are not (`kubectl_context` rewrites the kubeconfig, `configuration_view`
 * prints the token). Unknown means write.
 */

/** `read` may run, `write` waits for a person, `denied` never runs; a reason is written for model and person alike. */
export type Decision = { kind: 'read' } | { kind: 'write'; reason: string } | { kind: 'denied'; reason: string }

/** Read-only tools of kubernetes-mcp-server and mcp-server-kubernetes, by their own names. */
const READ = new Set([
  // kubernetes-mcp-server
  'events_list',
  'namespaces_list',
  'nodes_log',
  'nodes_stats_summary',
  'nodes_top',
  'pods_get',
  'pods_list',
  'pods_list_in_namespace',
  'pods_log',
  'pods_top',
  'projects_list',
  'resources_get',
  'resources_list',
  'helm_list',
  // mcp-server-kubernetes
  'kubectl_get',
  'kubectl_describe',
  'kubectl_logs',
  'explain_resource',
  'list_api_resources',
])

const DENIED = new Map([
  ['configuration_view', 'it prints the kubeconfig with its credentials'],
  ['kubectl_context', 'it rewrites the kubeconfig; the operator chooses the context'],
  ['kubectl_reconnect', 'the operator chooses the connection to the cluster'],
  ['kubectl_generic', 'it runs any kubectl command, around every other check'],
  ['exec_in_pod', 'it runs commands inside containers'],
  ['pods_exec', 'it runs commands inside containers'],
  ['port_forward', 'it opens a port into the cluster'],
  ['stop_port_forward', 'it belongs to port forwarding, which is off'],
  ['cleanup', 'it removes resources the assistant did not list'],
])

/** Arguments that are never the model's to set, on any tool. */
export const HIDDEN_ARGUMENTS: ReadonlySet<string> = new Set(['context', 'kubeconfig', 'follow'])

/** Arguments by which a call would leave the cluster, context or user that the operator chose. */
const OPERATORS_ARGUMENTS = new Set(['context', 'kubeconfig', 'cluster', 'server', 'user', 'token', 'as'])

/** Arguments that name a kind of resource, in the words of either server. */
const KIND_ARGUMENTS = ['kind', 'resourceType', 'resource_type', 'resource']

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$/

/** True where a kind, in any spelling kubectl takes (`secrets`, `secret/x`, `v1/Secret`, `pods,secrets.v1.`), is Secret. */
function namesSecret(kind: string): boolean {
  return kind
    .toLowerCase()
    .split(/[\s,/]+/)
    .some((word) => /^secrets?$/.test(word.split('.')[0] ?? ''))
}

function checkOperators(args: Record<string, unknown>): string | undefined {
  const name = Object.keys(args).find((each) => OPERATORS_ARGUMENTS.has(each))
  if (name === undefined) return undefined
  return `The argument "${name}" is refused: the operator chooses cluster, context and user. Call again without it.`
}

function checkArguments(args: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(args)) {
    for (const text of strings(value)) {
      // kubectl would read it as a flag, such as --context or --token.
      if (/(^|\s)-/.test(text))
        return `The argument "${name}" holds a word that begins with "-": kubectl might read it as a flag.`
      if ([...text].some((character) => character < ' ')) return `The argument "${name}" contains control characters.`
    }
  }
  for (const name of ['name', 'namespace', 'container', 'nodeName']) {
    const value = args[name]
    if (typeof value === 'string' && value !== '' && !NAME.test(value))
      return `"${value.slice(0, 80)}" is not a valid ${name}: use a name that the cluster has returned.`
  }
  return undefined
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(strings)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(strings)
  return []
}

/**
 * Decides over one call.
 * @param tool the MCP server's own name of the tool
 * @param args the parsed arguments
 */
export function decide(tool: string, args: Record<string, unknown>): Decision {
  const denied = DENIED.get(tool)
  if (denied) return { kind: 'denied', reason: `The tool ${tool} is not allowed: ${denied}.` }
  const operators = checkOperators(args)
  if (operators) return { kind: 'denied', reason: operators }
  // A manifest holds line breaks and dashes by right: what would be asked of a person is not checked word by word.
  if (!READ.has(tool))
    return {
      kind: 'write',
      reason: `${tool} may change the cluster: it needs approval, which this version does not offer yet. Nothing was changed.`,
    }
  const broken = checkArguments(args)
  if (broken) return { kind: 'denied', reason: broken }
  for (const name of KIND_ARGUMENTS) {
    const kind = args[name]
    if (typeof kind === 'string' && tool !== 'explain_resource' && namesSecret(kind))
      return { kind: 'denied', reason: 'Secrets are not read by the assistant. Look at them with your own kubectl.' }
  }
  if (tool === 'nodes_log' && typeof args.query === 'string' && /[/\\]|\.\./.test(args.query))
    return { kind: 'denied', reason: 'nodes_log reads the logs of services, such as kubelet, not files of the node.' }
  // The API server's proxy to a node reads a colon as scheme and port.
  if (tool.startsWith('nodes_') && typeof args.name === 'string' && args.name.includes(':'))
    return { kind: 'denied', reason: `"${args.name.slice(0, 80)}" is not the name of a node.` }
  return { kind: 'read' }
}

/** True where the model may be shown the tool at all. */
export function isOffered(tool: string): boolean {
  return READ.has(tool)
}

/**
 * What we set ourselves in a call that may run, whatever the model wrote.
 * - mcp-server-kubernetes: its default list calls a 0/2 Deployment "Active" and fails at 5,000 pods; `wide` is kubectl's
 *   own table. A single object is YAML.
 * - Logs without a bound would fill its 1 MiB buffer and fail (`ENOBUFS`).
 */
export function withDefaults(tool: string, args: Record<string, unknown>): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !HIDDEN_ARGUMENTS.has(name)))
  if (tool === 'kubectl_get') return { ...own, output: own.name && own.output !== 'wide' ? 'yaml' : 'wide' }
  if (tool === 'kubectl_logs') return { ...own, tail: boundedTail(own.tail) }
  if (tool === 'pods_log') return { ...own, tail: boundedTail(own.tail) }
  if (tool === 'nodes_log') return { ...own, tailLines: boundedTail(own.tailLines) }
  return own
}

const DEFAULT_TAIL = 200
const MAX_TAIL = 2000

function boundedTail(tail: unknown): number {
  const lines = Number(tail)
  if (!Number.isInteger(lines) || lines <= 0) return DEFAULT_TAIL
  return Math.min(lines, MAX_TAIL)
}

export interface Policy {
  readonly mode: 'read-only' | 'approve'
  decide: (tool: string, args: Record<string, unknown>) => Decision
  isOffered: (tool: string) => boolean
}

export function createPolicy({ mode }: { mode: Policy['mode']; readOnlyReason?: string }): Policy {
  return {
    mode,
    decide: (tool, args) => {
      const decision = decide(tool, args)
      return decision.kind === 'write' && mode === 'read-only' ? { kind: 'denied', reason: decision.reason } : decision
    },
    isOffered: (tool) => (mode === 'approve' ? !DENIED.has(tool) : READ.has(tool)),
  }
}

/** Whether our own list has the tool. */
export function isKnown(tool: string): boolean {
  return READ.has(tool) || DENIED.has(tool)
}
