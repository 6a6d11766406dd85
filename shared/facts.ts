/** Common parts of all results: the cluster that responded, and notes. */
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
