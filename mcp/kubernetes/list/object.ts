/** Reads one object, or reports what does not exist, with similar names. */
import type { Message } from '../../../shared/messages/message'
import { both, msg } from '../../../shared/messages/create'
import { objectPath } from '../../../shared/kubernetes/api'
import { nearest } from '../discovery/near'
import { KubeError } from '../errors/errors'
import { checkRules } from '../rules'
import type { ApiResource, Cluster, KubeObject } from '../types'
import { missingNamespace } from './namespaces'
import { objectSchema, toObject } from './paging'
import { readScope } from './scope'

/** Up to this many names are shown in full. */
const FEW = 8

/**
 * One object.
 * @throws KubeError `not-found` with similar names in that namespace; `missing-namespace`; `forbidden`
 */
export async function getObject(
  cluster: Cluster,
  request: { resource: ApiResource; namespace?: string | undefined; name: string; signal: AbortSignal },
): Promise<KubeObject> {
  const { resource, name, signal } = request
  const { namespaced } = resource
  const namespace = namespaced ? (request.namespace ?? (await findNamespace(cluster, request))) : undefined
  checkRules(cluster.rules, resource, namespaced ? namespace : undefined, name)
  try {
    return toObject(await cluster.client.get(objectPath(resource, namespace, name), { schema: objectSchema, signal }))
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'not-found') throw error
    throw await missingObject(cluster, resource, namespace, name, signal)
  }
}

/** For a name without a namespace: the only namespace that has it, otherwise the context's. */
async function findNamespace(
  cluster: Cluster,
  { resource, name, signal }: { resource: ApiResource; name: string; signal: AbortSignal },
): Promise<string> {
  const fieldSelector = `metadata.name=${name}`
  const { parts } = await readScope(cluster, { resource, fieldSelector, signal }, { objects: 'metadata' })
  const found = parts.flatMap(({ rows }) => rows.flatMap(({ object }) => object.metadata.namespace ?? []))
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  const context = cluster.defaultNamespace ?? 'default'
  if (found.includes(context)) return context
  if (only === undefined) throw await missingObject(cluster, resource, undefined, name, signal)
  throw new KubeError(
    'invalid-arguments',
    msg('name-in-namespaces', {
      count: found.length,
      kind: resource.kind,
      name,
      namespaces: found.slice(0, 20).join(', '),
    }),
    { kind: resource.kind, name, namespaces: found.join(', ') },
  )
}

async function missingObject(
  cluster: Cluster,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  signal: AbortSignal,
): Promise<KubeError> {
  const { kind } = resource
  if (namespace !== undefined) {
    const missing = await missingNamespace(cluster, namespace, signal)
    if (missing) return missing
  }
  const names = await namesOf(cluster, resource, namespace, signal)
  const near = nearest(name, names)
  const hint = near.length > 0 ? msg('near-names', { names: near.join(', ') }) : othersThere(names)
  const params = { kind, name, namespace: namespace ?? '', near: near.join(', ') }
  return new KubeError('not-found', both(missingDetail(resource, name, namespace), hint), params)
}

function missingDetail({ kind, namespaced }: ApiResource, name: string, namespace: string | undefined): Message {
  if (namespace !== undefined) return msg('object-missing-in', { kind, name, namespace })
  return namespaced ? msg('object-missing-anywhere', { kind, name }) : msg('object-missing', { kind, name })
}

function othersThere(names: readonly string[]): Message | undefined {
  const count = names.length
  if (count === 0) return undefined
  return count <= FEW ? msg('others-named', { count, names: names.join(', ') }) : msg('others-there', { count })
}

async function namesOf(
  cluster: Cluster,
  resource: ApiResource,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const { parts } = await readScope(cluster, { resource, namespace, signal }, { objects: 'metadata' }, 2000)
    return [...new Set(parts.flatMap(({ rows }) => rows.map(({ object }) => object.metadata.name)))]
  } catch (error) {
    // Suggestions are optional: without the right to list there are none.
    if (error instanceof KubeError && !error.concernsEveryCall) return []
    throw error
  }
}
