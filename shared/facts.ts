/** Common parts of all results: the cluster that responded, its coverage, and notes. */
import { z } from 'zod'
import { messageSchema } from './messages/message'
import type { Message } from './messages/message'

/** The API server that responded, and its user. */
export const clusterRefSchema = z.object({
  /** API URL with its path, without a slash at the end. */
  server: z.string(),
  /** Name of the kubeconfig's cluster entry; `in-cluster` for a service account. */
  name: z.string(),
  /** Name of the kubeconfig's context; absent for a service account. */
  context: z.string().optional(),
  /** The user that the API server sees (SelfSubjectReview); absent if unknown. */
  user: z.string().optional(),
  /** UID of the namespace kube-system; absent if unreadable. */
  uid: z.string().optional(),
  /** `gitVersion` of the API server, e.g. `v1.37.2`. */
  version: z.string().optional(),
})
export type ClusterRef = z.infer<typeof clusterRefSchema>

/** A sentence that code has computed about a result. */
export const resultNoteSchema = messageSchema
export type ResultNote = Message

/** The part of the cluster that was read: "none" and "not seen" are different answers. */
const coverageSchema = z.object({
  /** `cluster`: all namespaces, or a cluster-scoped kind; `namespaces`: those in `namespaces`; `object`: one object. */
  scope: z.enum(['cluster', 'namespaces', 'object']),
  /** The namespaces read, if not all. */
  namespaces: z.array(z.string()).optional(),
  /** Existing namespaces that were not read, as far as known. */
  unreadNamespaces: z.array(z.string()).optional(),
  /** Rows, lines or objects in this result. */
  shown: z.number(),
  /** Total within the scope; absent if unknown. */
  total: z.number().optional(),
  /** False if part of the request was not read. */
  complete: z.boolean(),
  notes: z.array(resultNoteSchema),
})
export type Coverage = z.infer<typeof coverageSchema>

/** The fields that a result of our own MCP server adds to its data. */
export const about = {
  cluster: clusterRefSchema.optional(),
  /** When the cluster was read, RFC 3339 in UTC. */
  asOf: z.string().optional(),
  coverage: coverageSchema.optional(),
}
