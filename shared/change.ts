/**
 * A change as our own MCP server plans and runs it: what a card shows, what is signed, and what came of it.
 *
 * A writing tool is called in two phases, named in `_meta` of `tools/call`. `plan` reads and dry-runs and changes nothing:
 * it answers a plan, or the same request split into calls of one object each. `run` plans again and runs the change only if
 * cluster, user, objects and digest are those of the plan that a person approved.
 */
import { z } from 'zod'
import { clusterRefSchema, outcomeResultSchema, resultNoteSchema } from './result'

export { outcomeStateSchema } from './result'

/** The key of `_meta` under which a call names its phase. */
export const CHANGE_META = 'k8s-ai-assistant/change'

/** What identifies a cluster and the caller: it must be the same at the card and at the run. */
export const clusterIdentitySchema = z.object({
  /** API URL with its path. */
  server: z.string(),
  /** The user that the API server sees; if it does not tell, `unknown` and a hash of the credential's subject. */
  user: z.string(),
  /** UID of kube-system, or of the change's namespace if that may not be read. */
  uid: z.string(),
  uidOf: z.string(),
})
export type ClusterIdentity = z.infer<typeof clusterIdentitySchema>

export const changePhaseSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('plan') }),
  z.object({ phase: z.literal('run'), identity: clusterIdentitySchema, digest: z.string() }),
])
export type ChangePhase = z.infer<typeof changePhaseSchema>

export const changeVerbSchema = z.enum(['create', 'update', 'delete', 'evict'])

export const plannedObjectSchema = z.object({
  verb: changeVerbSchema,
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

export const changePlanSchema = z.object({
  kind: z.literal('plan'),
  /** One sentence: `Scale Deployment web in shop on staging: 3 → 5`. */
  title: resultNoteSchema,
  cluster: clusterRefSchema,
  identity: clusterIdentitySchema,
  asOf: z.string(),
  /** The arguments as they were read: what is shown, signed and sent. */
  arguments: z.record(z.string(), z.unknown()),
  objects: z.array(plannedObjectSchema),
  /** What else goes, where the lasting change belongs, what cannot be undone. */
  notes: z.array(resultNoteSchema),
  /** What a person has to type to approve it. */
  confirm: z.string().optional(),
  /** Over the objects, their UIDs and the fields that the change sets: equal digests are equal changes. */
  digest: z.string(),
})
export type ChangePlan = z.infer<typeof changePlanSchema>

/** A request of several objects: one call each, in this order. */
export const changeSplitSchema = z.object({
  kind: z.literal('split'),
  calls: z.array(z.record(z.string(), z.unknown())).min(2),
  asOf: z.string(),
})
export type ChangeSplit = z.infer<typeof changeSplitSchema>

export const changeOutcomeSchema = outcomeResultSchema.extend({
  /** Of status `changed`: the new plan. */
  plan: changePlanSchema.optional(),
})
export type ChangeOutcome = z.infer<typeof changeOutcomeSchema>
