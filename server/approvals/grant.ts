/** What an approval is for: all that decides over what will run, and for whom. It is signed, travels with the page, and runs as it is. */
import { z } from 'zod'

export const grantSchema = z.strictObject({
  /** The approval's id: it works once. */
  id: z.string(),
  user: z.string(),
  /** The client's id of the conversation; empty where it gave none. */
  conversation: z.string(),
  toolCallId: z.string(),
  cluster: z.string(),
  /** URL of the API server; absent if an external MCP server chose the cluster. */
  apiServer: z.string().optional(),
  /** Name of the kubeconfig's user, as whom the call runs. */
  apiUser: z.string().optional(),
  /** How the MCP server is reached: transport and address or command. */
  server: z.string(),
  /** The MCP server's own name of the tool. */
  tool: z.string(),
  /** The arguments that run. */
  arguments: z.record(z.string(), z.unknown()),
  /** The arguments as the model gave them, where they differ: what is asked again when the object has changed meanwhile. */
  asked: z.record(z.string(), z.unknown()).optional(),
  /** The model's name of the tool. */
  name: z.string(),
  /** What has to be typed. */
  confirm: z.string().optional(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
})
export type Grant = z.infer<typeof grantSchema>
