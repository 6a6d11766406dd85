/** What a call touches, as far as its arguments say: for the rules over kinds and namespaces. */
import type { Arguments, KnownTool } from '../../mcp/servers'
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

/**
 * @param known what is known of the tool, which is any but `kubectl_generic`
 * @returns what the call touches, or in words why that cannot be told
 */
export function targetsOf(known: KnownTool | undefined, args: Arguments): Target[] | { problem: string } {
  const about = known?.target ?? {}
  if (about.isDocumentation) return [{ clusterWide: true }]
  const isWide = about.clusterWide === true
  const coversAll = about.coversAllNamespaces ?? allNamespaces
  const namespace = coversAll(args) ? undefined : text(args.namespace)
  const manifest = about.manifest === undefined ? undefined : args[about.manifest]
  const named = [...kindsNamed(args, about.manifest), ...(about.kindWords?.(args) ?? []).flatMap(kindsIn)]
  const kinds = named.length > 0 ? named : about.kind !== undefined ? [about.kind] : []
  const name = text(args.name)
  const targets = kinds.map((kind) => target(kind, name, namespace, isWide))
  if (manifest !== undefined && manifest !== '') {
    const objects = readManifest(manifest)
    if ('problem' in objects) return objects
    targets.push(...objects.map((each) => target(each.kind, each.name, each.namespace ?? namespace, false)))
  }
  if (targets.length > 0) return targets
  return [{ clusterWide: isWide, ...(name && { name }), ...(namespace && { namespace }) }]
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

function allNamespaces(args: Arguments): boolean {
  return Boolean(args.allNamespaces) || Boolean(args.all_namespaces)
}

function kindsNamed(args: Arguments, manifestName: string | undefined): string[] {
  return KIND_ARGUMENTS.filter((name) => name !== manifestName).flatMap((name) => {
    const value = args[name]
    return typeof value === 'string' ? kindsIn(value) : []
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
