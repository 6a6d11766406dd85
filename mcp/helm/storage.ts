/** Lists Helm revisions by their labels, without payloads, and reads single payloads. */
import { msg } from '../../shared/messages/create'
import { z } from 'zod'
import type { Coverage } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { listTable } from '../kubernetes/list/list'
import type { TableRow } from '../kubernetes/list/list'
import type { ApiResource, Cluster } from '../kubernetes/types'
import { decodeRelease } from './release'
import type { Release } from './release'
import { builtInKind } from '../../shared/kubernetes/built-in-kinds'

/** Helm's storage drivers inside the cluster; Secrets are the default. */
export type Storage = 'secrets' | 'configmaps'

/** A revision as described by its labels. */
export interface Revision {
  namespace: string
  release: string
  revision: number
  status: string
  /** Milliseconds since the epoch; absent if the labels hold no time. */
  modifiedAt?: number
  /** When its Secret or ConfigMap was created, in milliseconds since the epoch. */
  createdAt?: number
  storage: Storage
  /** Name of the Secret or ConfigMap. */
  object: string
  /** Its UID, which changes if a release is removed and reinstalled. */
  uid?: string
}

export interface RevisionScope {
  /** Absent: all namespaces. */
  namespace?: string | undefined
  release?: string | undefined
  signal: AbortSignal
}

function resourceOf(storage: Storage): ApiResource {
  return { ...builtInKind(storage === 'secrets' ? 'Secret' : 'ConfigMap'), verbs: ['get', 'list'] }
}

/**
 * All revisions in a scope, in any state. Reads ConfigMaps only if no Secret holds a release.
 * @throws KubeError as listTable
 */
export async function listRevisions(
  cluster: Cluster,
  scope: RevisionScope,
): Promise<{ revisions: Revision[]; coverage: Coverage }> {
  const inSecrets = await listStored(cluster, 'secrets', scope).catch(explainForbidden)
  if (inSecrets.revisions.length > 0) return inSecrets
  try {
    const inConfigMaps = await listStored(cluster, 'configmaps', scope)
    return inConfigMaps.revisions.length > 0 ? inConfigMaps : inSecrets
  } catch (error) {
    if (error instanceof KubeError && (error.code === 'forbidden' || error.code === 'denied-by-operator'))
      return inSecrets
    throw error
  }
}

async function listStored(cluster: Cluster, storage: Storage, scope: RevisionScope) {
  const { rows, coverage } = await listTable(withoutSecretRule(cluster), {
    resource: resourceOf(storage),
    namespace: scope.namespace,
    labelSelector: ['owner=helm', ...(scope.release === undefined ? [] : [`name=${scope.release}`])].join(','),
    objects: 'metadata',
    signal: scope.signal,
  })
  return { revisions: rows.flatMap((row) => revisionOf(row, storage) ?? []), coverage }
}

/** Clients may not read Secrets; for readers of their metadata alone. */
export function withoutSecretRule(cluster: Cluster): Cluster {
  const deniedKinds = new Set([...cluster.rules.deniedKinds].filter((kind) => !/^secrets?\b/.test(kind)))
  return { ...cluster, rules: { ...cluster.rules, deniedKinds } }
}

function explainForbidden(error: unknown): never {
  if (!(error instanceof KubeError) || error.code !== 'forbidden') throw error
  throw new KubeError('forbidden', msg('helm-secrets', { error: error.message }), error.params, error.raw)
}

const stored = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$|^(.+)\.v(\d+)$/

function revisionOf(row: TableRow, storage: Storage): Revision | undefined {
  const { name, namespace, labels = {}, creationTimestamp, uid } = row.object.metadata
  const match = stored.exec(name)
  const release = labels.name ?? match?.[1] ?? match?.[3]
  const revision = Number(labels.version ?? match?.[2] ?? match?.[4])
  if (release === undefined || namespace === undefined || !Number.isInteger(revision)) return undefined
  const seconds = Number(labels.modifiedAt ?? labels.createdAt)
  const createdAt = Date.parse(creationTimestamp ?? '')
  const modifiedAt = Number.isFinite(seconds) ? seconds * 1000 : createdAt
  return {
    namespace,
    release,
    revision,
    // Helm 2 wrote states in capitals: DEPLOYED.
    status: (labels.status ?? 'unknown').toLowerCase(),
    ...(Number.isNaN(modifiedAt) ? {} : { modifiedAt }),
    ...(Number.isNaN(createdAt) ? {} : { createdAt }),
    storage,
    object: name,
    ...(uid === undefined ? {} : { uid }),
  }
}

const payloadSchema = z.object({ data: z.object({ release: z.string() }) })

/**
 * The payload of one revision.
 * @throws KubeError `not-found` if it was deleted meanwhile; as decodeRelease
 */
export async function readRevision(cluster: Cluster, revision: Revision, signal: AbortSignal): Promise<Release> {
  const path = `/api/v1/namespaces/${encodeURIComponent(revision.namespace)}/${revision.storage}/${encodeURIComponent(revision.object)}`
  const { data } = await cluster.client.get(path, { schema: payloadSchema, signal })
  return await decodeRelease(data.release, revision.storage)
}

/** The newest revision of each release, by namespace and name. */
export function newestRevisions(revisions: readonly Revision[]): Revision[] {
  const newest = new Map<string, Revision>()
  for (const each of revisions) {
    const key = `${each.namespace}/${each.release}`
    if (each.revision > (newest.get(key)?.revision ?? -1)) newest.set(key, each)
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, revision]) => revision)
}
