/** Where a call goes: by which server, on which cluster and as whom. */
import type { ClusterIdentity } from '#shared/change'
import type { ClusterRef } from '#shared/result'
import type { ClusterNames } from '../agent/policy'
import type { ServerId } from '../mcp/servers'
import type { Grant } from './grant'

/** Of a server that plans nothing: cluster and user as they are now, or why they cannot be known. */
export type Identified = { identity: ClusterIdentity; cluster: ClusterRef } | { problem: string }

export interface Place {
  /** How the MCP server is reached. */
  server: string
  /** Absent for a server that chose its cluster itself: which one nobody knows. */
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
 * Whether an approval is for this place. The identity of a plan is checked by the server that runs it.
 * @returns a sentence of what is different
 */
export async function otherPlace(
  grant: Pick<Grant, 'cluster' | 'server' | 'identity' | 'digest'>,
  label: string,
  { server, identify }: Place,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (grant.server !== server) return 'it was for another MCP server'
  if (grant.digest !== undefined) return undefined
  if (!identify) return grant.identity || grant.cluster !== label ? 'it was for another cluster' : undefined
  const now = await identify(signal)
  if ('problem' in now) return `its cluster cannot be identified: ${now.problem}`
  const { identity } = grant
  if (
    identity?.server !== now.identity.server ||
    identity.uid !== now.identity.uid ||
    identity.uidOf !== now.identity.uidOf
  )
    return `it was for another cluster (${identity?.server ?? 'not verified'}; now it is ${now.identity.server})`
  if (identity.user !== now.identity.user)
    return `it was for another user of the cluster (${identity.user}; now it is ${now.identity.user})`
  return undefined
}
