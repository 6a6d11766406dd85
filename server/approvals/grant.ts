/** The content of an approval: everything that determines the call and its user. Signed and carried by the page. */
import { z } from 'zod'
import { signedWriteSchema } from '#shared/changes/pending-write'

export const grantSchema = z.strictObject({
  ...signedWriteSchema.shape,
  user: z.string(),
  /** The client's id of the conversation; empty if it has none. */
  conversation: z.string(),
  /** The connection of the MCP server: transport and address or command. */
  place: z.string(),
})
export type Grant = z.infer<typeof grantSchema>
