/** Which cluster calls go to, and as whom: part of the signed approval and of every line of the audit. */

/** Fields are absent if an external MCP server chose the cluster. */
export interface ClusterIdentity {
  /** Name of the cluster entry in the kubeconfig. */
  cluster?: string
  context?: string
  /** URL of the API server. */
  apiServer?: string
  /** As whom calls run: the user that the API server sees; if it does not tell, the user entry of the kubeconfig. */
  apiUser?: string
  /** UID of kube-system, or of the namespace that a change was bound to. */
  clusterUid?: string
  /** An external MCP server does not tell its cluster. */
  clusterVerified?: false
}

/** What can be said of the cluster right now. */
export interface ClusterState extends ClusterIdentity {
  /** Why no call may be made now, as a sentence for a person. */
  problem?: string
}
