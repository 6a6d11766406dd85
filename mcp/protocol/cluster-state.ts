/** The resource `k8s://cluster`: the cluster and user of this session, or why the cluster is unreachable. */
import { localized } from '../../shared/messages/message'
import type { Localized, Message } from '../../shared/messages/message'
import { msg } from '../../shared/messages/create'
import { z } from 'zod'
import type { ClusterRef } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import type { Cluster } from '../kubernetes/types'

export const CLUSTER_RESOURCE = {
  uri: 'k8s://cluster',
  name: 'cluster',
  description: 'The cluster that this session reads, the user, and whether the API server answers.',
  mimeType: 'application/json',
}

export type ClusterState =
  { state: 'ok'; cluster: ClusterRef } | { state: 'error'; code: string; text: string; localized: Localized }

function errorState(code: string, detail: Message): ClusterState {
  return { state: 'error', code, text: detail.text, localized: localized(detail) }
}

/** A cheap path that every user may read. It keeps the reported state current. */
const PROBE = '/version'
const versionSchema = z.looseObject({})

/** Throws only if the signal is aborted. */
export async function clusterState(open: () => Promise<Cluster>, signal: AbortSignal): Promise<ClusterState> {
  try {
    const cluster = await open()
    const ref = await cluster.identity(signal)
    await cluster.client.get(PROBE, { schema: versionSchema, signal })
    return { state: 'ok', cluster: ref }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof KubeError) return errorState(error.code, error.detail)
    return errorState('internal', msg('cluster-state-not-read'))
  }
}
