/** The content of an approval: everything that determines the call and its user. Signed and carried by the page. */
import { modelToolNameSchema, serverToolNameSchema } from '#shared/tool-names'
import { z } from 'zod'
import { clusterIdentitySchema } from '#shared/change'
import { SERVER_IDS } from '../mcp/servers'

const argumentsSchema = z.record(z.string(), z.unknown())

export const grantSchema = z.strictObject({
  /** The approval's id, usable once. */
  id: z.string(),
  user: z.string(),
  /** The client's id of the conversation; empty if it has none. */
  conversation: z.string(),
  toolCallId: z.string(),
  /** The cluster's name on the card. */
  cluster: z.string(),
  /** Cluster and user as read; absent if unknown. */
  identity: clusterIdentitySchema.optional(),
  /** The connection of the MCP server: transport and address or command. */
  server: z.string(),
  /** Id of a known server. */
  serverId: z.enum(SERVER_IDS).optional(),
  tool: serverToolNameSchema,
  arguments: argumentsSchema,
  name: modelToolNameSchema,
  /** Digest of the shown plan, which a new plan must equal. */
  digest: z.string().optional(),
  /** The plan's objects, for the rules and for comparison with a later plan. */
  objects: z.array(
    z.strictObject({
      apiVersion: z.string(),
      kind: z.string(),
      name: z.string(),
      namespace: z.string().optional(),
      uid: z.string().optional(),
      /** Omitted from a long plan. */
      diff: z.string().optional(),
    }),
  ),
  /** The request of the call, and its remaining objects. */
  part: z.strictObject({ id: z.string(), rest: z.array(argumentsSchema) }).optional(),
  /** Text to type. */
  confirm: z.string().optional(),
  /** In milliseconds of the claims' clock. */
  expiresAt: z.number(),
})
export type Grant = z.infer<typeof grantSchema>
