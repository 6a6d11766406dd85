/** The destination of a call: server, cluster and user. */
import type { ClusterIdentity } from '#shared/changes/change'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ClusterRef } from '#shared/result'
import type { ClusterNames } from '../agent/policy'
import type { ServerId } from '../mcp/servers'
import type { Grant } from './grant'

/** For a server without plans: current cluster and user, or why they are unknown. */
export type Identified = { identity: ClusterIdentity; cluster: ClusterRef } | { problem: Message }

export interface Place {
  /** The connection of the MCP server. */
  server: string
  /** Absent for a server that chose its own, unknown cluster. */
  identify?: (signal: AbortSignal) => Promise<Identified>
}

export type PlaceOf = (server: ServerId | undefined) => Place

export function namesOf(
  label: string,
  cluster: ClusterRef | undefined,
  identity: ClusterIdentity | undefined,
): ClusterNames {
  return [label, cluster?.name, cluster?.context, cluster?.server, identity?.server, identity?.uid]
}

/**
 * Whether an approval is for this destination. The server checks a plan's identity itself.
 * @returns the difference
 */
export async function otherPlace(
  grant: Pick<Grant, 'cluster' | 'place' | 'identity' | 'digest'>,
  label: string,
  { server, identify }: Place,
  signal: AbortSignal,
): Promise<Message | undefined> {
  if (grant.place !== server) return msg('why-other-server')
  if (grant.digest !== undefined) return undefined
  if (!identify) return grant.identity || grant.cluster !== label ? msg('why-other-cluster') : undefined
  const now = await identify(signal)
  if ('problem' in now) return msg('why-not-identified', { problem: now.problem })
  const { identity } = grant
  if (
    identity?.server !== now.identity.server ||
    identity.uid !== now.identity.uid ||
    identity.uidOf !== now.identity.uidOf
  )
    return msg('why-other-cluster-now', {
      before: identity?.server ?? msg('not-verified-word'),
      now: now.identity.server,
    })
  if (identity.user !== now.identity.user)
    return msg('why-other-user-now', { before: identity.user, now: now.identity.user })
  return undefined
}
