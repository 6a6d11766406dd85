/**
 * A change as our own MCP server plans and runs it.
 * A writing tool is called in two phases, named in `_meta` of `tools/call`. `plan` dry-runs without changing anything
 * and returns a plan, or splits the request into calls of one object each. `run` plans again and runs the change only
 * if cluster, user, objects and digest equal those of the approved plan.
 */
import { z } from 'zod'
import { outcomeResultSchema, planResultSchema } from '../result'

export { plannedObjectSchema } from '../result'
export type { PlannedObject } from '../result'

/** The key of a tool's `_meta` for the reason why it cannot work here. */
export const UNAVAILABLE_META = 'k8s-ai-assistant/unavailable'

/** The key of `_meta` for the phase of a call. */
export const CHANGE_META = 'k8s-ai-assistant/change'

/** Identifies cluster and caller; must be equal for plan and run. */
export const clusterIdentitySchema = z.object({
  /** API URL with its path. */
  server: z.string(),
  /** The user that the API server sees; if unknown, `unknown` and a hash of the credential's subject. */
  user: z.string(),
  /** UID of kube-system, or of the change's namespace if that is unreadable. */
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
  /** The parsed arguments, as shown, signed and sent. */
  arguments: z.record(z.string(), z.unknown()),
  /** Text that the user must type to approve. */
  confirm: z.string().optional(),
  /** Over the objects, their UIDs and the fields that the change sets: equal digests mean equal changes. */
  digest: z.string(),
})
export type ChangePlan = z.infer<typeof changePlanSchema>

/** A request for several objects: one call each, in this order. */
export const changeSplitSchema = z.object({
  kind: z.literal('split'),
  calls: z.array(z.record(z.string(), z.unknown())).min(2),
  asOf: z.string(),
})
export type ChangeSplit = z.infer<typeof changeSplitSchema>

export const changeOutcomeSchema = outcomeResultSchema.extend({
  /** Set for status `changed`: the new plan. */
  plan: changePlanSchema.optional(),
})
export type ChangeOutcome = z.infer<typeof changeOutcomeSchema>
