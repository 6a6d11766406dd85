/** Results of changes: what one would do, and what came of it. */
import { z } from 'zod'
import { clusterRefSchema, resultNoteSchema } from './facts'

export const plannedObjectSchema = z.object({
  verb: z.enum(['create', 'update', 'delete', 'evict']),
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  /** Of the object that exists; absent: it must not exist. */
  uid: z.string().optional(),
  /** A unified diff of YAML without headings (` `, `+`, `-`, `@@`): complete, masked; empty if nothing would change. */
  diff: z.string(),
  /** Fields whose values the cluster assigns: shown, and not compared at the run. */
  assigned: z.array(z.string()),
  /** Who owns it, who will undo it, whose fields are taken over, what is odd about it. */
  notes: z.array(resultNoteSchema),
})
export type PlannedObject = z.infer<typeof plannedObjectSchema>

/** What a change would do: nothing was changed. */
export const planResultSchema = z.object({
  kind: z.literal('plan'),
  /** One sentence: `Scale Deployment web in shop on staging: 3 → 5`. */
  title: resultNoteSchema,
  cluster: clusterRefSchema,
  asOf: z.string(),
  objects: z.array(plannedObjectSchema),
  /** What else goes, where the lasting change belongs, what cannot be undone. */
  notes: z.array(resultNoteSchema),
  /** The same by a person's own kubectl or helm; absent if no command does exactly this. */
  command: z.string().optional(),
})

export const outcomeStateSchema = z.enum([
  'created',
  'updated',
  'unchanged',
  'deleted',
  /** Marked for deletion and still there. */
  'terminating',
  'refused',
  'not-tried',
  /** It was sent, and no answer came. */
  'unknown',
])
export type OutcomeState = z.infer<typeof outcomeStateSchema>

/** What came of a change, object by object. */
export const outcomeResultSchema = z.object({
  kind: z.literal('outcome'),
  /** `changed`: the cluster shows another diff now, and nothing was done. */
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
      /** What the cluster shows, or why it was refused. */
      notes: z.array(resultNoteSchema),
    }),
  ),
  notes: z.array(resultNoteSchema),
})

export type PlanResult = z.infer<typeof planResultSchema>
export type OutcomeResult = z.infer<typeof outcomeResultSchema>
