/** What the calls of both servers act on, in one form. */
import { textAt } from './fields'
import { isClusterWide } from './kinds'
import type { ObjectRef, ResourceType } from './types'

/** mcp-server-kubernetes takes this namespace where none is given; kubernetes-mcp-server takes the kubeconfig's. */
export const FLUX_NAMESPACE = 'default'

type Args = Record<string, unknown>

/** `apiVersion`, `kind`, `name`, `namespace` of kubernetes-mcp-server's tools. */
export function contRef(args: Args, kind?: { apiVersion: string; kind: string }): ObjectRef {
  const given = { apiVersion: textAt(args, 'apiVersion') ?? '', kind: textAt(args, 'kind') ?? '' }
  return refTo(kind ?? given, args, textAt(args, 'namespace'))
}

/** `resourceType`, `name`, `namespace` of mcp-server-kubernetes' tools. */
export function fluxRef(args: Args, preset = ''): ObjectRef {
  const type = { resourceType: textAt(args, 'resourceType') ?? preset }
  return refTo(type, args, textAt(args, 'namespace') ?? FLUX_NAMESPACE)
}

function refTo(type: ResourceType, args: Args, namespace: string | undefined): ObjectRef {
  const scope = namespace !== undefined && !isClusterWide(type) ? { namespace } : {}
  return { type, name: textAt(args, 'name') ?? '', ...scope }
}

/** The arguments with the namespace in words where the server would have taken its own: what runs is what was shown. */
export function withNamespace(args: Args, namespace: string | undefined): Args {
  return namespace === undefined || textAt(args, 'namespace') ? args : { ...args, namespace }
}
