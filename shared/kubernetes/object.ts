/** Kubernetes objects as the API returns them. */

/** Any Kubernetes object; only the common fields are typed. */
export interface KubeObject {
  apiVersion?: string | undefined
  kind?: string | undefined
  metadata: ObjectMeta
  [field: string]: unknown
}

export interface ObjectMeta {
  name: string
  namespace?: string | undefined
  uid?: string | undefined
  creationTimestamp?: string | undefined
  deletionTimestamp?: string | undefined
  deletionGracePeriodSeconds?: number | undefined
  generation?: number | undefined
  labels?: Record<string, string> | undefined
  annotations?: Record<string, string> | undefined
  ownerReferences?: { apiVersion: string; kind: string; name: string; controller?: boolean | undefined }[] | undefined
  finalizers?: string[] | undefined
  [field: string]: unknown
}
