/** The body of `POST /api/read`: a call of a read tool, without the model. */
import { z } from 'zod'
import { serverToolNameSchema } from './tool-names'

export const directReadSchema = z.object({
  /** As the MCP server names it, e.g. `kubectl_get`. */
  tool: serverToolNameSchema,
  /** As the tool's input schema has them. */
  arguments: z.record(z.string(), z.unknown()).default({}),
})
export type DirectRead = z.infer<typeof directReadSchema>
