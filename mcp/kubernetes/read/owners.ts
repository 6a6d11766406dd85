/** An object's owners up to the workload that a person wrote, and selectors as text. */
import { KubeError } from '../errors/errors'
import { getObject } from '../list/object'
import type { ApiResource, Cluster, KubeObject } from '../types'

export interface Owner {
  apiVersion: string
  kind: string
  name: string
}

/** Pod, ReplicaSet, Deployment and one more, such as an operator's kind. */
const MAX_OWNERS = 4

/** The object's controller, or its first owner; undefined if it has none. */
export function ownerOf(object: KubeObject): Owner | undefined {
  const owners = object.metadata.ownerReferences ?? []
  return owners.find(({ controller }) => controller) ?? owners[0]
}

export function isOwnedBy(object: KubeObject, kind: string, names: ReadonlySet<string>): boolean {
  return (object.metadata.ownerReferences ?? []).some((owner) => owner.kind === kind && names.has(owner.name))
}

/** An owner with its object, or why that is absent. */
export interface ReadOwner extends Owner {
  found: { object: KubeObject; resource: ApiResource } | 'missing' | 'unread'
}

/** Nearest owner first, as far as they exist and are readable. */
export async function ownerChain(cluster: Cluster, object: KubeObject, signal: AbortSignal): Promise<ReadOwner[]> {
  const chain: ReadOwner[] = []
  for (let owner = ownerOf(object); owner && chain.length < MAX_OWNERS;) {
    const found: ReadOwner['found'] = await readOwner(cluster, owner, object.metadata.namespace, signal)
    chain.push({ ...owner, found })
    owner = typeof found === 'string' ? undefined : ownerOf(found.object)
  }
  return chain
}

async function readOwner(
  cluster: Cluster,
  { apiVersion, kind, name }: Owner,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<ReadOwner['found']> {
  try {
    const { resource } = await cluster.discovery.find(`${apiVersion}/${kind}`, signal)
    return { object: await getObject(cluster, { resource, namespace, name, signal }), resource }
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return error.code === 'not-found' ? 'missing' : 'unread'
    throw error
  }
}
