/** The requests that are answered without the model: reads, and dry runs of manifests. */
import type { Logger } from 'pino'
import type { DirectRead } from '#shared/direct-read'
import type { DryRunRequest } from '#shared/changes/dry-run'
import { msg } from '#shared/messages/create'
import type { User } from '#shared/user'
import { recordCalls } from '../audit'
import type { ClusterConnection } from './connections'
import { ClusterChoiceError } from './connections/errors'
import { readDirectly } from './direct-read'
import type { ReadAnswer } from './direct-read'
import { dryRun } from './dry-run/dry-run'
import type { Policies } from './policies'
import { clusterLabel } from './sources'

export interface DirectRequest {
  requestId: string
  user: User
  connection: ClusterConnection
  signal: AbortSignal
}

/** Both throw ClusterChoiceError without a cluster. */
export interface DirectRequests {
  read: (call: DirectRead, request: DirectRequest) => Promise<ReadAnswer>
  /** What applying a manifest would change. Changes nothing. */
  dryRun: (manifest: DryRunRequest, request: DirectRequest) => Promise<ReadAnswer>
}

export function directRequests(policies: Policies, log: Logger): DirectRequests {
  function opened({ connection: { links, source, audit, hasCluster }, user, requestId }: DirectRequest) {
    if (!hasCluster) throw new ClusterChoiceError(msg('cluster-needed'))
    const record = recordCalls(audit, { user: user.name, turn: requestId, request: requestId }, log)
    return { links, source, record }
  }
  return {
    read: async (call, request) => {
      const { links, record } = opened(request)
      return await readDirectly(call, { links, policy: policies.policy, record }, request.signal)
    },
    dryRun: async (manifest, request) => {
      const { links, source, record } = opened(request)
      const policy = policies.of(request.user)
      return await dryRun(manifest, { links, policy, label: clusterLabel(source), record }, request.signal)
    },
  }
}
