/** The cluster and user of calls: part of the signed approval and of every audit line. */

import type { Message } from '#shared/messages/message'

/** Fields are absent if an external MCP server chose the cluster. */
export interface ClusterIdentity {
  /** Name of the kubeconfig's cluster entry. */
  cluster?: string
  context?: string
  apiServer?: string
  /** The user that the API server sees; if unknown, the kubeconfig's user entry. */
  apiUser?: string
  /** UID of kube-system, or of the namespace that a change was bound to. */
  clusterUid?: string
  /** Set if an external MCP server does not report its cluster. */
  clusterVerified?: false
}

export interface ClusterState extends ClusterIdentity {
  /** Why no call may be made now. */
  problem?: Message
}
