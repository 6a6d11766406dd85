/** What a call touches, as far as its arguments say: for the rules, and for servers that cannot tell it by a plan. */
import { readManifest } from '../../../mcp/changes/manifest'
import { quoted } from '#shared/text/quoted'
import type { Arguments, KnownTool } from '../servers'
import { isClusterScoped, kindsIn } from '#shared/kubernetes/kinds'

export interface Target {
  /** In its canonical form; absent where a tool has none, such as `helm_list`. */
  kind?: string
  /** As the call writes it. */
  written?: string
  apiVersion?: string
  name?: string
  /** Absent: all of them, the server's own default, or a thing outside of any. */
  namespace?: string
  /** Outside of any namespace. */
  clusterWide: boolean
}

/** Arguments that name a kind of resource, in the words of any server. */
export const KIND_ARGUMENTS = ['kind', 'resourceType', 'resource_type', 'resource']

/**
 * @param known what is known of the tool
 * @returns what the call touches, or a sentence why that is not certain
 */
export function targetsOf(known: KnownTool | undefined, args: Arguments): Target[] | { problem: string } {
  const about = known?.target ?? {}
  if (about.isDocumentation) return [{ clusterWide: true }]
  const isWide = about.clusterWide === true
  const coversAll = about.coversAllNamespaces ?? allNamespaces
  const namespace = coversAll(args) ? undefined : text(args.namespace)
  const manifest = about.manifest === undefined ? undefined : args[about.manifest]
  const named = [...kindsNamed(args, about.manifest), ...(about.kindWords?.(args) ?? []).flatMap(words)]
  const kinds = named.length > 0 ? named : about.kind !== undefined ? words(about.kind) : []
  const name = text(args[about.name ?? 'name'])
  const apiVersion = text(args.apiVersion) ?? (about.kind === 'pod' ? 'v1' : undefined)
  const targets = kinds.map((each) => target(each, { name, namespace, apiVersion }, isWide))
  if (manifest !== undefined && manifest !== null && manifest !== '') {
    const objects = manifestTargets(manifest, namespace)
    if ('problem' in objects) return objects
    targets.push(...objects)
  }
  if (targets.length > 0) return targets
  return [{ clusterWide: isWide, ...(name && { name }), ...(namespace && { namespace }) }]
}

/** The objects of a manifest as JSON, in their order: the one reading of it. */
export function manifestObjects(manifest: unknown): Record<string, unknown>[] | { problem: string } {
  try {
    return readManifest(manifest, { mayGenerateName: true }).map(({ object }) => object)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : quoted(String(error)) }
  }
}

function manifestTargets(manifest: unknown, namespace: string | undefined): Target[] | { problem: string } {
  try {
    return readManifest(manifest, { mayGenerateName: true }).map((object) => {
      const { apiVersion, kind } = object
      const [canonical = ''] = kindsIn(kind)
      return target(
        { kind: canonical, written: kind },
        { name: object.name, namespace: object.namespace ?? namespace, apiVersion },
        false,
      )
    })
  } catch (error) {
    return { problem: error instanceof Error ? error.message : quoted(String(error)) }
  }
}

interface Word {
  kind: string
  written: string
}

interface Place {
  name: string | undefined
  namespace: string | undefined
  apiVersion: string | undefined
}

function target({ kind, written }: Word, { name, namespace, apiVersion }: Place, clusterWide: boolean): Target {
  return {
    kind,
    written,
    ...(apiVersion && { apiVersion }),
    ...(name && { name }),
    ...(namespace && { namespace }),
    clusterWide: clusterWide || isClusterScoped(kind),
  }
}

function allNamespaces(args: Arguments): boolean {
  return Boolean(args.allNamespaces) || Boolean(args.all_namespaces)
}

function kindsNamed(args: Arguments, manifestName: string | undefined): Word[] {
  return KIND_ARGUMENTS.filter((name) => name !== manifestName).flatMap((name) => {
    const value = args[name]
    return typeof value === 'string' ? words(value) : []
  })
}

function words(argument: string): Word[] {
  const written = argument.split(/[\s,/]+/).filter(Boolean)
  return kindsIn(argument).map((kind, at) => ({ kind, written: written[at] ?? kind }))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
