/** Resolves the object to change: from the arguments to the live object. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import type { WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import { getObject } from '../../kubernetes/list/object'
import type { ApiResource, Cluster, KubeObject } from '../../kubernetes/types'
import { invalid, readText, type ArgumentReader } from './reader'
import { isObjectName, kindAndName } from '../../../shared/kubernetes/names'

export const targetShape = {
  resource: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
}
export interface TargetArguments {
  resource: string
  name: string
  namespace?: string | undefined
}

/** An existing object to change. */
export interface Target {
  resource: ApiResource
  name: string
  /** Undefined for cluster-scoped kinds. */
  namespace: string | undefined
  live: KubeObject
}

const ALL = new Set(['all', '*', '_all', 'all namespaces', 'all-namespaces', '--all-namespaces', '-a', 'any', 'every'])

/**
 * Kind, name and namespace, also as `deploy/web`.
 * @param standard default kind; without it a kind is required
 * @throws KubeError `invalid-arguments`
 */
export function readTarget(reader: ArgumentReader, standard?: string): TargetArguments {
  const [target, ...others] = readTargets(reader, standard)
  if (!target) throw invalid('name', msg('name-missing'))
  if (others.length > 0) throw invalid('name', msg('name-one-object'))
  return target
}

/** Like `readTarget`, for one or more names: `a,b` or `["a", "b"]`. */
export function readTargets(reader: ArgumentReader, standard?: string): TargetArguments[] {
  const namespace = readNamespace(reader)
  const written = reader.text('resource')
  const pair = written === undefined || reader.has('name') ? undefined : kindAndName(written)
  const names = pair ? [pair.name] : namesOf(reader.required('name'))
  const kind = pair?.kind ?? written
  return names.map((each) => {
    const own = kindAndName(each)
    const resource = own?.kind ?? kind ?? standard
    if (resource === undefined) throw invalid('resource', msg('resource-missing'))
    const name = checkedName('name', own?.name ?? each)
    return { resource, name, ...(namespace !== undefined && { namespace }) }
  })
}

export function readNamespace(reader: ArgumentReader): string | undefined {
  const written = reader.text('namespace')?.replace(/^(namespaces?|ns)\//, '')
  if (written === undefined) return undefined
  if (ALL.has(written.toLowerCase())) throw invalid('namespace', msg('one-namespace'))
  return checkedName('namespace', written)
}

function namesOf(value: unknown): string[] {
  const written = Array.isArray(value) ? value.map((each) => readText('name', each)) : [readText('name', value)]
  const names = written.flatMap((each) => each.split(/[\s,]+/)).filter((each) => each !== '')
  if (names.some((each) => ALL.has(each.toLowerCase()))) throw invalid('name', msg('name-objects'))
  return [...new Set(names)]
}

function checkedName(argument: string, written: string): string {
  if (isObjectName(written)) return written
  throw invalid(argument, msg('argument-not-returned', { written: written.slice(0, 80), argument }))
}

/** @throws KubeError `not-found` and others */
export async function findTarget(args: TargetArguments, context: WriteContext): Promise<Target> {
  const { cluster, signal } = context
  const resource = await findResource(args.resource, context)
  const namespace = namespaceOf(cluster, resource, args.namespace)
  const { name } = args
  const live = await getObject(cluster, { resource, namespace, name, signal })
  return { resource, name, namespace, live: withKind(live, resource) }
}

/** @throws KubeError `unknown-kind`, or `invalid-arguments` for a kind that this server does not change */
export async function findResource(written: string, { cluster, signal }: WriteContext): Promise<ApiResource> {
  const { resource, alsoIn } = await cluster.discovery.find(written, signal)
  const rivals = alsoIn.filter((each) => isSameName(each, resource))
  // A read may take the first match; a change must not guess. Built-in kinds come first and win.
  if (rivals.length > 0 && !isBuiltIn(resource) && !written.includes('.'))
    throw invalid(
      'resource',
      msg('kind-in-several-groups', {
        kind: resource.kind,
        groups: [resource, ...rivals].map(({ plural, group }) => `${plural}.${group}`).join(', '),
      }),
    )
  checkWritable(resource)
  return resource
}

function isSameName(one: ApiResource, other: ApiResource): boolean {
  return one.plural === other.plural || one.kind === other.kind
}

/** This server never writes Secrets or requests whose response contains a credential. */
export function checkWritable({ group, plural, kind }: ApiResource): void {
  if (group === '' && plural === 'secrets')
    throw new KubeError('denied-by-operator', msg('secrets-not-here'), { kind: 'Secret' })
  if (group === 'authentication.k8s.io' || group === 'authorization.k8s.io')
    throw new KubeError('denied-by-operator', msg('kind-about-credentials', { kind }))
}

/** The given namespace, or that of the kubeconfig's context. */
export function namespaceOf(
  { defaultNamespace }: Cluster,
  { namespaced }: ApiResource,
  written: string | undefined,
): string | undefined {
  return namespaced ? (written ?? defaultNamespace ?? 'default') : undefined
}

/** Adds apiVersion and kind, which list items lack. */
export function withKind(object: KubeObject, { group, version, kind }: ApiResource): KubeObject {
  return { ...object, apiVersion: group === '' ? version : `${group}/${version}`, kind }
}

const BUILT_IN = new Set([
  ...['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions'],
  ...[
    ...['admissionregistration', 'apiextensions', 'apiregistration', 'authentication', 'authorization', 'certificates'],
    ...['coordination', 'discovery', 'events', 'flowcontrol.apiserver', 'internal.apiserver', 'networking', 'node'],
    ...['rbac.authorization', 'resource', 'scheduling', 'storage', 'storagemigration'],
  ].map((name) => `${name}.k8s.io`),
])

/** Kinds served by the API server itself rather than by CRDs or aggregated APIs. */
export function isBuiltIn({ group }: Pick<ApiResource, 'group'>): boolean {
  return BUILT_IN.has(group)
}
