/** The two names of a tool. They differ where the server's is none that a model can write: to mix them is a type error. */
import { z } from 'zod'

/** What the MCP server calls a tool. */
export const serverToolNameSchema = z.string().brand<'ServerToolName'>()
export type ServerToolName = z.infer<typeof serverToolNameSchema>

/** What the model calls a tool, also one that does not exist. */
export const modelToolNameSchema = z.string().brand<'ModelToolName'>()
export type ModelToolName = z.infer<typeof modelToolNameSchema>
