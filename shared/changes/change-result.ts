/** Results of changes: plan and outcome. */
import { z } from 'zod'
import { clusterRefSchema, resultNoteSchema } from '../facts'

export const plannedObjectSchema = z.object({
  verb: z.enum(['create', 'update', 'delete', 'evict']),
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  /** UID of the existing object; absent: it must not exist. */
  uid: z.string().optional(),
  /** A complete, masked unified diff of YAML without file headers (` `, `+`, `-`, `@@`); empty without changes. */
  diff: z.string(),
  /** The change as a strategic merge patch, for the place that keeps the object; absent if nothing keeps it. */
  patch: z.string().optional(),
  /** Fields whose values the cluster assigns: shown, but not compared at the run. */
  assigned: z.array(z.string()),
  /** Managers, field owners, and unusual properties. */
  notes: z.array(resultNoteSchema),
})
export type PlannedObject = z.infer<typeof plannedObjectSchema>

const refusedObjectSchema = z.object({
  /** Kind and name are absent if the document could not be read. */
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  reason: resultNoteSchema,
})
export type RefusedObject = z.infer<typeof refusedObjectSchema>

/** What a change would do. Nothing has changed yet. */
export const planResultSchema = z.object({
  kind: z.literal('plan'),
  /** One sentence: `Scale Deployment web in shop on staging: 3 → 5`. */
  title: resultNoteSchema,
  cluster: clusterRefSchema,
  asOf: z.string(),
  objects: z.array(plannedObjectSchema),
  /** Dependents, the place of a lasting change, and irreversible effects. */
  notes: z.array(resultNoteSchema),
  /** The equivalent kubectl or helm command; absent if none is exactly equivalent. */
  command: z.string().optional(),
  /** Of a dry run of a manifest: the objects without a plan, and why. Absent: the plan of one call. */
  refused: z.array(refusedObjectSchema).optional(),
})

export const outcomeStateSchema = z.enum([
  'created',
  'updated',
  'unchanged',
  'deleted',
  /** Marked for deletion but still present. */
  'terminating',
  'refused',
  'not-tried',
  /** Sent, but without a response. */
  'unknown',
])
export type OutcomeState = z.infer<typeof outcomeStateSchema>

/** The outcome of a change, object by object. */
export const outcomeResultSchema = z.object({
  kind: z.literal('outcome'),
  /** `changed`: the cluster now shows another diff, and nothing was done. */
  status: z.enum(['done', 'partly', 'refused', 'changed', 'unknown']),
  cluster: clusterRefSchema,
  asOf: z.string(),
  objects: z.array(
    z.object({
      apiVersion: z.string(),
      kind: z.string(),
      name: z.string(),
      namespace: z.string().optional(),
      state: outcomeStateSchema,
      /** What the cluster shows, or the reason for a refusal. */
      notes: z.array(resultNoteSchema),
    }),
  ),
  notes: z.array(resultNoteSchema),
})

export type PlanResult = z.infer<typeof planResultSchema>
export type OutcomeResult = z.infer<typeof outcomeResultSchema>
