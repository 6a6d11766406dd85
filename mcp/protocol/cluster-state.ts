/** The resource `k8s://cluster`: which cluster this session reads and as whom, or why it cannot. */
import { z } from 'zod'
import type { ClusterRef } from '../../shared/result'
import { KubeError } from '../kubernetes/errors'
import type { Cluster } from '../kubernetes/types'

export const CLUSTER_RESOURCE = {
  uri: 'k8s://cluster',
  name: 'cluster',
  description: 'The cluster that this session reads, the user, and whether the API server answers.',
  mimeType: 'application/json',
}

export type ClusterState = { state: 'ok'; cluster: ClusterRef } | { state: 'error'; code: string; text: string }

/** A cheap path that every user may read, so that a state of an hour ago is not reported as today's. */
const PROBE = '/version'
const versionSchema = z.looseObject({})

/** Never throws but for an aborted signal. */
export async function clusterState(open: () => Promise<Cluster>, signal: AbortSignal): Promise<ClusterState> {
  try {
    const cluster = await open()
    const ref = await cluster.identity(signal)
    await cluster.client.get(PROBE, { schema: versionSchema, signal })
    return { state: 'ok', cluster: ref }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof KubeError) return { state: 'error', code: error.code, text: error.message }
    return { state: 'error', code: 'internal', text: 'The state of the cluster cannot be read.' }
  }
}
