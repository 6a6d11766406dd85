/**
 * A write that waits for approval, from the model's call to the run. The card (`approval.ts`) and the signature are parts of
 * this one record.
 */
import { z } from 'zod'
import { clusterIdentitySchema, plannedObjectSchema } from './change'
import { SERVER_IDS } from '../mcp-servers'
import { messageSchema } from '../messages/message'
import { resultNoteSchema } from '../result'
import { modelToolNameSchema, serverToolNameSchema } from '../tool-names'

const argumentsSchema = z.record(z.string(), z.unknown())

export const pendingWriteSchema = z.object({
  /** The approval's id, usable once. */
  id: z.string(),
  toolCallId: z.string(),
  name: modelToolNameSchema,
  tool: serverToolNameSchema,
  /** The tool's server; absent if unknown. */
  server: z.enum(SERVER_IDS).optional(),
  /** Exactly what runs. */
  arguments: argumentsSchema,
  /** The request that this is one call of: its id, and the arguments of its objects that follow this one. */
  part: z.strictObject({ id: z.string(), rest: z.array(argumentsSchema) }).optional(),
  /** Name or context of the cluster, or the MCP server's address if that chooses the cluster. */
  cluster: z.string(),
  /** The only cluster and user for which it runs; absent if they cannot be read. */
  identity: clusterIdentitySchema.optional(),
  /** One sentence: `Scale Deployment web in shop on staging: 3 → 5`. */
  title: resultNoteSchema,
  /** True after the API server's dry run. Otherwise the MCP server cannot preview, and there is no diff. */
  previewed: z.boolean(),
  /** Changed objects with complete diffs; empty if the MCP server cannot preview. */
  objects: z.array(plannedObjectSchema),
  /** Dependents, the place of a lasting change, and irreversible effects. */
  notes: z.array(resultNoteSchema),
  /** The live object as redacted YAML, if the MCP server cannot preview. */
  live: z.string().optional(),
  /** Text that the user must type to approve. */
  confirm: z.string().optional(),
  /** Of the plan that is shown, which the plan at the run must equal; absent if the server plans nothing. */
  digest: z.string().optional(),
  /** The preceding tool result, which may have influenced the call, e.g. `pods_log · shop/cart-6d5`. */
  precededBy: z.union([z.string(), messageSchema]).optional(),
  /** In milliseconds of the claims' clock. */
  expiresAt: z.number(),
})
export type PendingWrite = z.infer<typeof pendingWriteSchema>

export type RequestPart = NonNullable<PendingWrite['part']>

/** The call alone. */
export type WriteCall = Pick<PendingWrite, 'toolCallId' | 'name' | 'tool' | 'server' | 'arguments'>

/** All that determines the run, and what a later plan is compared with. */
export const signedWriteSchema = pendingWriteSchema
  .omit({ title: true, previewed: true, notes: true, live: true, precededBy: true })
  .extend({
    objects: z.array(
      plannedObjectSchema.pick({ apiVersion: true, kind: true, name: true, namespace: true, uid: true }).extend({
        /** Omitted from a long plan. */
        diff: z.string().optional(),
      }),
    ),
  })
export type SignedWrite = z.infer<typeof signedWriteSchema>

/** The call of a record that knows more. */
export function callOf({ toolCallId, name, tool, server, arguments: args }: WriteCall): WriteCall {
  return { toolCallId, name, tool, server, arguments: args }
}
