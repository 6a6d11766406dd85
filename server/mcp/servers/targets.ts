/** The objects that a call touches according to its arguments: for the rules, and for servers without plans. */
import { readManifest } from '../../../mcp/changes/manifest'
import { detailOf } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { Arguments, KnownTool } from '.'
import { isClusterScoped, kindsIn } from '#shared/kubernetes/kinds'

export interface Target {
  /** Canonical; absent for tools without a kind, such as `helm_list`. */
  kind?: string
  /** As written in the call. */
  written?: string
  apiVersion?: string
  name?: string
  /** Absent: all namespaces, the server's default, or a cluster-scoped object. */
  namespace?: string
  clusterWide: boolean
}

/** Arguments that name a kind, on any server. */
export const KIND_ARGUMENTS = ['kind', 'resourceType', 'resource_type', 'resource']

/**
 * @param known facts about the tool
 * @returns the touched objects, or why they are uncertain
 */
export function targetsOf(known: KnownTool | undefined, args: Arguments): Target[] | { problem: Message } {
  const about = known?.target ?? {}
  if (about.isDocumentation) return [{ clusterWide: true }]
  const isWide = about.clusterWide === true
  const coversAll = about.coversAllNamespaces ?? allNamespaces
  const namespace = coversAll(args) ? undefined : text(args.namespace)
  const manifest = about.manifest === undefined ? undefined : args[about.manifest]
  const named = [...kindsNamed(args, about.manifest), ...(about.kindWords?.(args) ?? []).flatMap(words)]
  const kinds = named.length > 0 ? named : about.kind !== undefined ? words(about.kind) : []
  const name = text(args[about.name ?? 'name'])
  const apiVersion = text(args.apiVersion) ?? (about.kind?.toLowerCase() === 'pod' ? 'v1' : undefined)
  const targets = kinds.map((each) => target(each, { name, namespace, apiVersion }, isWide))
  if (manifest !== undefined && manifest !== null && manifest !== '') {
    const objects = manifestTargets(manifest, namespace)
    if ('problem' in objects) return objects
    targets.push(...objects)
  }
  if (targets.length > 0) return targets
  return [{ clusterWide: isWide, ...(name && { name }), ...(namespace && { namespace }) }]
}

/** A manifest's objects as JSON, in order, by the single manifest reader. */
export function manifestObjects(manifest: unknown): Record<string, unknown>[] | { problem: Message } {
  try {
    return readManifest(manifest, { mayGenerateName: true }).map(({ object }) => object)
  } catch (error) {
    return { problem: detailOf(error) }
  }
}

function manifestTargets(manifest: unknown, namespace: string | undefined): Target[] | { problem: Message } {
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
    return { problem: detailOf(error) }
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
