/**
 * A change as our own MCP server plans and runs it: what a card shows, what is signed, and what came of it.
 *
 * A writing tool is called in two phases, named in `_meta` of `tools/call`. `plan` reads and dry-runs and changes nothing:
 * it answers a plan, or the same request split into calls of one object each. `run` plans again and runs the change only if
 * cluster, user, objects and digest are those of the plan that a person approved.
 */
import { z } from 'zod'
import { outcomeResultSchema, planResultSchema } from './result'

export { outcomeStateSchema, plannedObjectSchema } from './result'
export type { PlannedObject } from './result'

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

export const changePlanSchema = planResultSchema.extend({
  identity: clusterIdentitySchema,
  /** The arguments as they were read: what is shown, signed and sent. */
  arguments: z.record(z.string(), z.unknown()),
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
