/** Resolves a manifest's kind at the API server and reads the live object. */
import { msg } from '../../../../shared/messages/create'
import { setTimeout as delay } from 'node:timers/promises'
import type { WriteContext } from '../../../changes/types'
import { isRecord } from '../../../../shared/kubernetes/fields'
import { KubeError } from '../../../kubernetes/errors/errors'
import { textAt } from '../../../kubernetes/read/fields'
import { getObject } from '../../../kubernetes/list/object'
import { objectSchema, toObject } from '../../../kubernetes/list/paging'
import { apiVersionOf, groupOf, objectPath } from '../../../../shared/kubernetes/api'
import { checkRules } from '../../../kubernetes/rules'
import type { ApiResource, KubeObject } from '../../../kubernetes/types'
import { checkWritable, isBuiltIn, namespaceOf, withKind } from '../target'

export interface Declared {
  resource: ApiResource
  /** Empty for a generated name. */
  name: string
  namespace: string | undefined
  /** The manifest to send, with its namespace. */
  object: Record<string, unknown>
}

/** @throws KubeError `unknown-kind` for a kind or version that the API server does not serve */
export async function findDeclared(
  manifest: Record<string, unknown>,
  written: string | undefined,
  { cluster, signal }: WriteContext,
): Promise<Declared> {
  const [apiVersion, kind] = [textAt(manifest, 'apiVersion'), textAt(manifest, 'kind')]
  const resource = await findKind(apiVersion, kind, { cluster, signal })
  const found = apiVersionOf(resource)
  // A read may use another version; a manifest is written for one.
  if (found !== apiVersion || resource.kind !== kind)
    throw new KubeError('unknown-kind', msg('kind-elsewhere', { kind, apiVersion, other: resource.kind, found }), {
      kind,
      where: apiVersion,
      groups: found,
    })
  checkWritable(resource)
  const name = textAt(manifest, 'metadata', 'name')
  const own = textAt(manifest, 'metadata', 'namespace') || undefined
  const namespace = namespaceOf(cluster, resource, own ?? written)
  checkRules(cluster.rules, resource, namespace, name)
  const metadata = isRecord(manifest.metadata) ? manifest.metadata : {}
  return {
    resource,
    name,
    namespace,
    object: { ...manifest, metadata: { ...metadata, ...(namespace !== undefined && { namespace }) } },
  }
}

/** How long to wait for a kind whose definition may just have been created, in milliseconds. */
const KIND_MS = 4_000
const POLL_MS = 500

async function findKind(
  apiVersion: string,
  kind: string,
  { cluster, signal }: Pick<WriteContext, 'cluster' | 'signal'>,
): Promise<ApiResource> {
  const group = groupOf(apiVersion)
  for (const deadline = Date.now() + KIND_MS; ;) {
    try {
      return (await cluster.discovery.find(`${apiVersion}/${kind}`, signal)).resource
    } catch (error) {
      const mayCome = error instanceof KubeError && error.code === 'unknown-kind' && !isBuiltIn({ group })
      if (!mayCome || Date.now() > deadline) throw error
      await delay(POLL_MS, undefined, { signal })
    }
  }
}

/**
 * Undefined if the object does not exist.
 * @throws KubeError `missing-namespace`
 */
export async function readLive(
  { resource, namespace, name }: Declared,
  { cluster, signal }: WriteContext,
): Promise<KubeObject | undefined> {
  const path = objectPath(resource, namespace, name)
  const found = await unlessNotFound(cluster.client.get(path, { schema: objectSchema, signal }))
  if (found) return withKind(toObject(found), resource)
  if (namespace !== undefined && (await isMissing(namespace, { cluster, signal })))
    // Reports a missing namespace with similar names.
    await unlessNotFound(getObject(cluster, { resource, namespace, name, signal }))
  return undefined
}

async function isMissing(
  namespace: string,
  { cluster, signal }: Pick<WriteContext, 'cluster' | 'signal'>,
): Promise<boolean> {
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`
    return (await unlessNotFound(cluster.client.get(path, { schema: objectSchema, signal }))) === undefined
  } catch (error) {
    // Without the right to read it, the change itself will report the error.
    if (error instanceof KubeError && !error.concernsEveryCall) return false
    throw error
  }
}

async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof KubeError && error.code === 'not-found') return undefined
    throw error
  }
}
