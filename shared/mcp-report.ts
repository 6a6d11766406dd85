/** The responses of `/api/mcp/*`: the state of the caller's MCP sessions, and their tools. */
import { z } from 'zod'
import { mcpStateSchema } from './health'
import { localizedSchema } from './messages/message'

export const mcpSessionSchema = z.object({
  state: mcpStateSchema,
  transport: z.enum(['sse', 'http', 'stdio']),
  /** Name and version from initialize, once known. */
  server: z.object({ name: z.string(), version: z.string() }).optional(),
  /** In English, set unless the state is `ready`. */
  reason: z.string().optional(),
  localized: localizedSchema.optional(),
  /** How many tools the server has. */
  tools: z.number(),
  /** Sessions opened since the start, including the first. */
  sessions: z.number(),
  /** Time of the last state change, in milliseconds since the epoch. */
  since: z.number(),
})

export const mcpReportSchema = mcpSessionSchema.extend({
  /** The session with a second server that provides a few tools. */
  added: mcpSessionSchema.optional(),
})
export type McpReport = z.infer<typeof mcpReportSchema>

export const mcpToolsSchema = z.object({
  tools: z.array(
    z.object({
      /** For the model. */
      name: z.string(),
      description: z.string().default(''),
      /** A JSON schema of the arguments. */
      parameters: z.object({
        type: z.literal('object'),
        properties: z.record(z.string(), z.record(z.string(), z.unknown())),
        required: z.array(z.string()).optional(),
      }),
      /** The name on the server. */
      serverName: z.string(),
      /** The known server that has it. */
      server: z.string().optional(),
      /** The model is offered it. */
      offered: z.boolean(),
    }),
  ),
})
export type McpTools = z.infer<typeof mcpToolsSchema>
