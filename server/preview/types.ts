/** What the parts of a preview hand each other. */
import type { Preview } from '#shared/approval'

export interface PreparedWrite {
  /** The arguments that will run, exactly: e.g. with the resourceVersion of the previewed object in a manifest. */
  arguments: Record<string, unknown>
  namespace?: string
  /** e.g. `Deployment web`, `Helm release cart`, `Namespace payments` */
  target?: string
  /** Diff and notes are redacted. */
  preview: Preview
  /** To be typed: the namespace's or the release's name, where a namespace is deleted or a release uninstalled. */
  confirm?: string
}

/** An object of Kubernetes as JSON holds it. */
export type KubernetesObject = Record<string, unknown>

/** In the words of kubernetes-mcp-server, or in those of kubectl, e.g. `deploy`, `deployments.apps`. */
export type ResourceType = { apiVersion: string; kind: string } | { resourceType: string }

export interface ObjectRef {
  type: ResourceType
  name: string
  /** Of a cluster-wide object, or the server's own default, where absent. */
  namespace?: string
}

/** One object before and after the write; absent: it is not there. Both as the cluster has them, not yet redacted. */
export interface Change {
  /** e.g. `Deployment web` */
  title: string
  before?: KubernetesObject
  after?: KubernetesObject
}
