/** What changed in the cluster, when and by whom: read by code from histories that the cluster keeps itself. */
import { z } from 'zod'
import { about } from '../facts'
import { findingObjectSchema } from '../findings'
import { messageSchema } from '../messages/message'

/** This assistant's name in `managedFields`. */
export const FIELD_MANAGER = 'k8s-ai-assistant'

const changedFieldSchema = z.object({
  /** `spec.template.spec.containers[web].image` */
  path: z.string(),
  /** Absent if it is unknown, or if the field did not exist. */
  before: z.string().optional(),
  /** Absent if it is unknown, or if the field was removed. */
  after: z.string().optional(),
})
export type ChangedField = z.infer<typeof changedFieldSchema>

/**
 * - `revision`: a pod template in the history of a workload; `release`: a revision of a Helm release.
 * - `fields`: an entry of `managedFields`; `object`: a creation or deletion.
 * - `event`, `image`, `node`: events, another digest behind a tag, conditions of nodes.
 * - `assistant`: a call in this assistant's audit.
 */
const changeSourceSchema = z.enum(['revision', 'release', 'fields', 'object', 'event', 'image', 'node', 'assistant'])

const pastChangeSchema = z.object({
  /** RFC 3339 in UTC. */
  at: z.string(),
  source: changeSourceSchema,
  object: findingObjectSchema,
  what: messageSchema,
  /** Who wrote it, as far as the cluster knows: `kubectl edit`, `Helm`. */
  manager: messageSchema.optional(),
  /** The manager's own name in `managedFields`. */
  writer: z.string().optional(),
  /** The user of this assistant, from its audit. */
  person: z.string().optional(),
  fields: z.array(changedFieldSchema),
  /** Fields that are not listed. */
  moreFields: z.number(),
  /** The first failure after it that concerns its object. */
  failure: z
    .object({
      /** Absent if its beginning is unknown. */
      at: z.string().optional(),
      object: findingObjectSchema,
      state: messageSchema,
      /** Further failures after this change. */
      others: z.number(),
    })
    .optional(),
})
export type PastChange = z.infer<typeof pastChangeSchema>

export const changesResultSchema = z.object({
  kind: z.literal('changes'),
  /** Start of the time range, RFC 3339 in UTC. */
  since: z.string(),
  summary: messageSchema,
  /** Newest first. */
  changes: z.array(pastChangeSchema),
  /** How many were found; more than `changes` holds if the list is cut. */
  total: z.number(),
  ...about,
})
export type ChangesResult = z.infer<typeof changesResultSchema>
