/** What a call touches, as far as its arguments say: for the rules over kinds and namespaces. */
import { isClusterScoped, kindsIn } from './kinds'
import type { KubectlCommand } from './kubectl/command'
import { readManifest } from './manifests'

export interface Target {
  /** In its canonical form; absent where a tool has none, such as `helm_list`. */
  kind?: string
  name?: string
  /** Absent: all of them, the server's own default, or a thing outside of any. */
  namespace?: string
  /** Outside of any namespace. */
  clusterWide: boolean
}

/** Arguments that name a kind of resource, in the words of either server. */
export const KIND_ARGUMENTS = ['kind', 'resourceType', 'resource_type', 'resource']

/** What holds a manifest, as text or as an object. */
const MANIFEST_ARGUMENTS = new Map([
  ['kubectl_apply', 'manifest'],
  ['kubectl_create', 'manifest'],
  ['kubectl_delete', 'manifest'],
  ['resources_create_or_update', 'resource'],
])

/** The kinds of tools that do not name them. */
const IMPLIED = new Map([
  ['events_list', 'event'],
  ['namespaces_list', 'namespace'],
  ['nodes_log', 'node'],
  ['nodes_top', 'node'],
  ['node_management', 'node'],
  ['kubectl_logs', 'pod'],
  ['kubectl_scale', 'deployment'],
  ['projects_list', 'project'],
  ['pods_delete', 'pod'],
  ['pods_exec', 'pod'],
  ['pods_get', 'pod'],
  ['pods_list', 'pod'],
  ['pods_list_in_namespace', 'pod'],
  ['pods_log', 'pod'],
  ['pods_run', 'pod'],
  ['pods_top', 'pod'],
  ['exec_in_pod', 'pod'],
])

/** They tell of the API and of no object; `secret` there is a word of the documentation. */
const DOCUMENTATION = new Set(['explain_resource', 'list_api_resources', 'ping'])

/** They tell of nodes and namespaces, and of nothing inside a namespace. */
const WITHOUT_NAMESPACE = new Set(['namespaces_list', 'nodes_log', 'nodes_top', 'node_management', 'projects_list'])

/** The argument that holds the tool's manifest. */
export function manifestArgument(tool: string): string | undefined {
  return MANIFEST_ARGUMENTS.get(tool)
}

/**
 * @param args those of any tool but `kubectl_generic`
 * @returns what the call touches, or in words why that cannot be told
 */
export function targetsOf(tool: string, args: Record<string, unknown>): Target[] | { problem: string } {
  if (DOCUMENTATION.has(tool)) return [{ clusterWide: true }]
  const namespace = allNamespaces(tool, args) ? undefined : text(args.namespace)
  const manifestName = manifestArgument(tool)
  const manifest = manifestName === undefined ? undefined : args[manifestName]
  const named = kindsNamed(args, manifestName)
  const implied = IMPLIED.get(tool)
  const kinds = named.length > 0 ? named : implied ? [implied] : []
  const name = text(args.name)
  const targets = kinds.map((kind) => target(kind, name, namespace, WITHOUT_NAMESPACE.has(tool)))
  if (manifest !== undefined && manifest !== '') {
    const objects = readManifest(manifest)
    if ('problem' in objects) return objects
    targets.push(...objects.map((each) => target(each.kind, each.name, each.namespace ?? namespace, false)))
  }
  if (targets.length > 0) return targets
  return [{ clusterWide: WITHOUT_NAMESPACE.has(tool), ...(name && { name }), ...(namespace && { namespace }) }]
}

/** What a command of kubectl touches. */
export function targetsOfCommand({ verb, words, operands, flags }: KubectlCommand): Target[] {
  if (verb.operands !== 'resources') return [{ clusterWide: true }]
  const namespace = flags.get('all-namespaces') === 'true' ? undefined : flags.get('namespace')
  const [first = '', second] = operands
  const implied = impliedKind(words, first)
  if (implied !== undefined) return [target(implied, first, namespace, false)]
  // `get deployment/web pod/x`, or `get pods,services web`.
  if (first.includes('/'))
    return operands.map((operand) => target(kindsIn(operand)[0] ?? '', operand.split('/')[1], namespace, false))
  return kindsIn(first).map((kind) => target(kind, second, namespace, false))
}

function impliedKind(words: string, first: string): string | undefined {
  const [verb = '', sub = ''] = words.split(' ')
  if (verb === 'create' || verb === 'top') return kindsIn(sub)[0]
  if (['cordon', 'uncordon', 'drain'].includes(verb)) return 'node'
  if (verb === 'events') return 'event'
  return verb === 'run' || (verb === 'logs' && !first.includes('/')) ? 'pod' : undefined
}

function target(kind: string, name: string | undefined, namespace: string | undefined, clusterWide: boolean): Target {
  return {
    kind,
    ...(name && { name }),
    ...(namespace && { namespace }),
    clusterWide: clusterWide || isClusterScoped(kind),
  }
}

/** kubernetes-mcp-server's `pods_top` shows all namespaces unless it is told not to. */
function allNamespaces(tool: string, args: Record<string, unknown>): boolean {
  if (tool === 'pods_top') return args.all_namespaces !== false
  return Boolean(args.allNamespaces) || Boolean(args.all_namespaces)
}

function kindsNamed(args: Record<string, unknown>, manifestName: string | undefined): string[] {
  return KIND_ARGUMENTS.filter((name) => name !== manifestName).flatMap((name) => {
    const value = args[name]
    return typeof value === 'string' ? kindsIn(value) : []
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
