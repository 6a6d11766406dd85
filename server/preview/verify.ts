/** The read after a write, as a call of a tool that the server has. */
import { contRef, fluxRef, FLUX_NAMESPACE } from './calls'
import { textAt } from './fields'
import { isClusterWide, kubectlType, namesKind, refOf } from './kinds'
import { manifestObjects } from './manifest'
import { brokenRef, brokenSelector } from './names'
import type { ObjectRef } from './types'

export interface ReadCall {
  tool: string
  arguments: Record<string, unknown>
}
type Args = Record<string, unknown>

/**
 * The read that shows what a write did: the table row of its object, or no row where that is gone.
 * @param args the arguments that ran, as `prepareWrite` has returned them
 * @returns undefined where there is none, e.g. for a Secret, which is not read
 */
export function verificationCall(tool: string, args: Args, toolNames: ReadonlySet<string>): ReadCall | undefined {
  const call = readAfter(tool, args, toolNames)
  return call && toolNames.has(call.tool) ? call : undefined
}

function readAfter(tool: string, args: Args, toolNames: ReadonlySet<string>): ReadCall | undefined {
  switch (tool) {
    case 'resources_scale':
    case 'resources_delete':
      return contRow(contRef(args), toolNames)
    case 'pods_delete':
    case 'pods_run':
      return contRow(contRef(args, { apiVersion: 'v1', kind: 'Pod' }), toolNames)
    case 'resources_create_or_update':
      return contRow(firstOf(textAt(args, 'resource')), toolNames)
    case 'helm_install':
    case 'helm_uninstall':
      return { tool: 'helm_list', arguments: scopeOf(textAt(args, 'namespace')) }
    case 'kubectl_scale':
    case 'kubectl_rollout':
      return fluxRow(fluxRef(args, 'deployment'))
    case 'kubectl_patch':
      return fluxRow(fluxRef(args))
    case 'kubectl_apply':
      return fluxRow(inNamespace(firstOf(textAt(args, 'manifest')), args))
    case 'kubectl_create':
      return fluxRow(textAt(args, 'manifest') ? inNamespace(firstOf(textAt(args, 'manifest')), args) : fluxRef(args))
    case 'kubectl_delete':
      return afterDelete(args)
    case 'node_management':
      return fluxRow({ type: { resourceType: 'nodes' }, name: textAt(args, 'nodeName') ?? '' })
    case 'install_helm_chart':
    case 'upgrade_helm_chart':
    case 'uninstall_helm_chart':
      return kubectlGet({ resourceType: 'pods', namespace: textAt(args, 'namespace') ?? FLUX_NAMESPACE })
    default:
      return undefined
  }
}

function afterDelete(args: Args): ReadCall | undefined {
  const manifest = textAt(args, 'manifest')
  if (manifest) return fluxGone(inNamespace(firstOf(manifest), args))
  const ref = fluxRef(args)
  const labelSelector = textAt(args, 'labelSelector')
  if (ref.name || !labelSelector) return fluxGone(ref)
  if (brokenRef({ ...ref, name: 'any' }) || brokenSelector(labelSelector) || isSecret(ref)) return undefined
  const scope = args.allNamespaces === true ? { allNamespaces: true } : scopeOf(ref.namespace)
  return kubectlGet({ resourceType: kubectlType(ref.type), labelSelector, ...scope })
}

/** A list of one: a row for what is there, none for what is gone, and READY among its columns. */
function contRow(ref: ObjectRef | undefined, toolNames: ReadonlySet<string>): ReadCall | undefined {
  if (!ref || brokenRef(ref) || isSecret(ref) || !('kind' in ref.type)) return undefined
  const { type, name, namespace } = ref
  if (toolNames.has('resources_list'))
    return {
      tool: 'resources_list',
      arguments: { ...type, ...scopeOf(namespace), fieldSelector: `metadata.name=${name}` },
    }
  return { tool: 'resources_get', arguments: { ...type, name, ...scopeOf(namespace) } }
}

function fluxRow(ref: ObjectRef | undefined): ReadCall | undefined {
  if (!ref || brokenRef(ref) || isSecret(ref)) return undefined
  return kubectlGet({ resourceType: kubectlType(ref.type), name: ref.name, ...scopeOf(ref.namespace) })
}

function fluxGone(ref: ObjectRef | undefined): ReadCall | undefined {
  if (!ref || brokenRef(ref) || isSecret(ref)) return undefined
  const fieldSelector = `metadata.name=${ref.name}`
  return kubectlGet({ resourceType: kubectlType(ref.type), ...scopeOf(ref.namespace), fieldSelector })
}

function kubectlGet(args: Args): ReadCall {
  return { tool: 'kubectl_get', arguments: { ...args, output: 'wide' } }
}

function firstOf(manifest: string | undefined): ObjectRef | undefined {
  const [first] = manifestObjects(manifest ?? '').objects
  return first && refOf(first)
}

function inNamespace(ref: ObjectRef | undefined, args: Args): ObjectRef | undefined {
  if (!ref || ref.namespace !== undefined || isClusterWide(ref.type)) return ref
  return { ...ref, namespace: textAt(args, 'namespace') ?? FLUX_NAMESPACE }
}

function scopeOf(namespace: string | undefined): { namespace?: string } {
  return namespace === undefined ? {} : { namespace }
}

function isSecret(ref: ObjectRef): boolean {
  return namesKind(ref.type, 'Secret')
}
