/** The cluster and user that must be the same for plan and run. */
import { msg } from '../../shared/messages/create'
import { z } from 'zod'
import type { ClusterIdentity } from '../../shared/changes/change'
import type { ClusterRef } from '../../shared/result'
import { unlessMissing, whoAmI } from '../kubernetes/cluster'
import { KubeError } from '../kubernetes/errors/errors'
import type { HeldClient } from '../kubernetes/types'

const KUBE_SYSTEM = 'kube-system'

const namespaceSchema = z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })

export interface IdentityRequest {
  ref: ClusterRef
  /** Of the change; undefined for cluster-scoped objects. */
  namespace: string | undefined
  /** The namespace whose UID identified the cluster in the plan; no other one counts. */
  uidOf?: string
  signal: AbortSignal
}

/**
 * Read over the connection that the write will use, never from a cache.
 * @throws KubeError `not-identified` naming the missing right
 */
export async function clusterIdentity(
  held: HeldClient,
  { ref, namespace, uidOf, signal }: IdentityRequest,
): Promise<ClusterIdentity> {
  const user = (await whoAmI(held, signal)) ?? `unknown ${held.subject}`
  const names = uidOf === undefined ? [KUBE_SYSTEM, ...(namespace === undefined ? [] : [namespace])] : [uidOf]
  for (const name of names) {
    const path = `/api/v1/namespaces/${encodeURIComponent(name)}`
    const found = await unlessMissing(held.get(path, { schema: namespaceSchema, signal }))
    if (found) return { server: ref.server, user, uid: found.metadata.uid, uidOf: name }
  }
  throw new KubeError(
    'not-identified',
    msg('namespaces-not-identifying', { user, names: names.join(', '), namespace: names.at(-1) ?? '' }),
    { user, namespaces: names.join(', '), verb: 'get', resource: 'namespaces' },
  )
}

const CODES = { server: 'api-server', user: 'api-user', uid: 'cluster-uid', uidOf: 'uid-namespace' } as const

/** @throws KubeError `cluster-changed` naming the difference */
export function checkIdentity(expected: ClusterIdentity, found: ClusterIdentity): void {
  const fields = ['server', 'user', 'uid', 'uidOf'] as const
  const different = fields.filter((field) => expected[field] !== found[field])
  if (different.length === 0) return
  const parts = different.map((field) => msg(`${CODES[field]}-differs`, { was: expected[field], found: found[field] }))
  throw new KubeError(
    'cluster-changed',
    msg('cluster-changed', { parts: parts.reduce((first, second) => msg('list-semicolon', { first, second })) }),
    { fields: different.join(', '), server: found.server },
  )
}
