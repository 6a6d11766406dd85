/** A cluster as one user sees it, built from its credentials. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ClusterRef } from '../../shared/result'
import { waitFor } from '../../shared/wait-for'
import { HttpKubeClient } from './connection/client'
import type { CredentialSource } from './connection/credentials'
import { dryRunsOnly } from './connection/dry-runs-only'
import { CachedDiscovery } from './discovery/discovery'
import { KubeError } from './errors/errors'
import { ownSignal } from './discovery/shared-work'
import type { Cluster, KubeClient, ReadRules } from './types'

export interface ClusterOptions {
  credentials: CredentialSource
  rules: ReadRules
  knownNamespaces?: readonly string[]
  /** UID of kube-system, if pinned before. */
  expectedUid?: string | undefined
  /** Nothing but reads and dry runs may be sent. */
  dryRunsOnly?: boolean
}

export interface OpenCluster extends Cluster {
  close: () => Promise<void>
}

const reviewSchema = z.looseObject({
  status: z.looseObject({ userInfo: z.looseObject({ username: z.string().optional() }).optional() }).optional(),
})
const versionSchema = z.looseObject({ gitVersion: z.string() })
const namespaceSchema = z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })

/** Sends no request yet. */
export function openCluster(options: ClusterOptions): OpenCluster {
  const { credentials, rules, knownNamespaces = [], expectedUid } = options
  const http = new HttpKubeClient(credentials, expectedUid)
  const client = options.dryRunsOnly ? dryRunsOnly(http) : http
  let known: { login: string; ref: Promise<ClusterRef> } | undefined

  async function identify(signal: AbortSignal): Promise<ClusterRef> {
    const [version, uid, user] = await Promise.all([
      client.get('/version', { schema: versionSchema, signal }),
      unlessMissing(client.get('/api/v1/namespaces/kube-system', { schema: namespaceSchema, signal })),
      whoAmI(client, signal),
    ])
    if (uid) http.pin(uid.metadata.uid)
    const { server, name, context } = credentials
    return {
      server,
      name,
      ...(context !== undefined && { context }),
      ...(user !== undefined && { user }),
      ...(uid && { uid: uid.metadata.uid }),
      version: version.gitVersion,
    }
  }

  return {
    client,
    discovery: new CachedDiscovery(client),
    get defaultNamespace() {
      return credentials.namespace
    },
    knownNamespaces,
    rules,
    async identity(signal) {
      // Rereads the kubeconfig if it changed. Another token or certificate may belong to another user.
      const login = createHash('sha256')
        .update(JSON.stringify(await credentials.login()))
        .digest('hex')
      if (known?.login === login) return waitFor(known.ref, signal)
      const ref = identify(ownSignal())
      const entry = { login, ref }
      known = entry
      ref.catch(() => {
        if (known === entry) known = undefined
      })
      return waitFor(ref, signal)
    },
    close: () => http.close(),
  }
}

/** The user that the API server sees. Clusters before 1.27 cannot tell. */
export async function whoAmI(client: Pick<KubeClient, 'post'>, signal: AbortSignal): Promise<string | undefined> {
  for (const version of ['v1', 'v1beta1']) {
    const body = { apiVersion: `authentication.k8s.io/${version}`, kind: 'SelfSubjectReview' }
    const path = `/apis/authentication.k8s.io/${version}/selfsubjectreviews`
    const review = await unlessMissing(client.post(path, body, { schema: reviewSchema, signal }))
    if (review) return review.status?.userInfo?.username
  }
  return undefined
}

/** Undefined if it is missing or forbidden. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof KubeError && (error.code === 'forbidden' || error.code === 'not-found')) return undefined
    throw error
  }
}
