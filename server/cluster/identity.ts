/** Which cluster calls go to, and as whom: part of the signed approval and of every line of the audit. */

/** Fields are absent if an external MCP server chose the cluster. */
export interface ClusterIdentity {
  /** Name of the cluster entry in the kubeconfig. */
  cluster?: string
  context?: string
  /** URL of the API server. */
  apiServer?: string
  /** Name of the user entry in the kubeconfig. */
  apiUser?: string
}

/** What can be said of the cluster right now. */
export interface ClusterState extends ClusterIdentity {
  /** Why no call may be made now, as a sentence for a person. */
  problem?: string
}
