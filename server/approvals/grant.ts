/** What an approval is for: all that decides over what will run, and for whom. It is signed, travels with the page, and runs as it is. */
import { z } from 'zod'
import { clusterIdentitySchema } from '#shared/change'

const argumentsSchema = z.record(z.string(), z.unknown())

export const grantSchema = z.strictObject({
  /** The approval's id: it works once. */
  id: z.string(),
  user: z.string(),
  /** The client's id of the conversation; empty where it gave none. */
  conversation: z.string(),
  toolCallId: z.string(),
  /** What the card calls the cluster. */
  cluster: z.string(),
  /** Cluster and user as they were read; absent if they cannot be. */
  identity: clusterIdentitySchema.optional(),
  /** How the MCP server is reached: transport and address or command. */
  server: z.string(),
  /** Which server that is known it is. */
  serverId: z.enum(['k8s-ai-assistant-mcp', 'kubernetes-mcp-server', 'mcp-server-kubernetes']).optional(),
  /** The MCP server's own name of the tool. */
  tool: z.string(),
  /** The arguments that run. */
  arguments: argumentsSchema,
  /** The model's name of the tool. */
  name: z.string(),
  /** Of the plan that was shown: what it does now must have the same. */
  digest: z.string().optional(),
  /** The objects of the plan, for the rules, and for what has changed if another plan follows. */
  objects: z.array(
    z.strictObject({
      apiVersion: z.string(),
      kind: z.string(),
      name: z.string(),
      namespace: z.string().optional(),
      uid: z.string().optional(),
      /** Left out of a long plan. */
      diff: z.string().optional(),
    }),
  ),
  /** The request that the call is a part of, and the objects of it that follow. */
  part: z.strictObject({ id: z.string(), rest: z.array(argumentsSchema) }).optional(),
  /** What has to be typed. */
  confirm: z.string().optional(),
  /** In milliseconds of the clock by which approvals are claimed. */
  expiresAt: z.number(),
})
export type Grant = z.infer<typeof grantSchema>
