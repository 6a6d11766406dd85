/** The response of `GET /health`, shown in the page's status line. */
import { z } from 'zod'
import { evaluationSchema } from './evaluation'
import { localizedSchema } from './messages/message'

export const linkStateSchema = z.enum(['ok', 'degraded', 'down'])
export type LinkState = z.infer<typeof linkStateSchema>

const link = {
  status: linkStateSchema,
  /** In English, unless the state is `ok`. */
  reason: z.string().optional(),
  localized: localizedSchema.optional(),
}

export const mcpStateSchema = z.enum(['connecting', 'ready', 'reconnecting', 'down'])
export type McpState = z.infer<typeof mcpStateSchema>

export const healthSchema = z.object({
  /** The worst of all. */
  status: linkStateSchema,
  version: z.string(),
  process: z.object({ ...link, uptimeSeconds: z.number(), /** Running turns. */ turns: z.number() }),
  model: z.object({
    ...link,
    name: z.string(),
    /** Origin of the model server, without credentials. */
    server: z.string(),
    demo: z.boolean(),
    /** Whether the model is in memory. Absent if the server does not report it. */
    loaded: z.boolean().optional(),
    /** The context window in tokens, and the source of the number. */
    window: z.object({ tokens: z.number(), source: z.enum(['server', 'setting', 'assumed']) }).optional(),
    /** Its last result of `npm run eval`. */
    evaluated: evaluationSchema.optional(),
  }),
  mcp: z.object({
    ...link,
    state: mcpStateSchema,
    transport: z.enum(['sse', 'http', 'stdio']),
    /** Name and version from the server's `initialize`. */
    server: z.object({ name: z.string(), version: z.string() }).optional(),
    /** Tools available to the model. */
    tools: z.number(),
    /** Sessions opened since the start. A new one means that the tools were listed again. */
    sessions: z.number(),
  }),
  /** The session with an additional MCP server that provides a few tools. */
  added: z
    .object({ ...link, state: mcpStateSchema, server: z.object({ name: z.string(), version: z.string() }).optional() })
    .optional(),
  cluster: z.object({
    /** Whether calls to the API server succeed; absent if the MCP server does not report it. */
    status: linkStateSchema.optional(),
    reason: z.string().optional(),
    localized: localizedSchema.optional(),
    /** Code of an error, e.g. `certificate`. */
    code: z.string().optional(),
    /** Name of cluster and context. Absent if an external MCP server chose it. */
    name: z.string().optional(),
    context: z.string().optional(),
    /** URL of the API server. */
    server: z.string().optional(),
    /** As reported by the API server. */
    user: z.string().optional(),
    /** UID of the namespace kube-system. */
    uid: z.string().optional(),
    /** Kubernetes version, e.g. `v1.37.2`. */
    version: z.string().optional(),
    /** False: the MCP server does not report its cluster and user. */
    verified: z.boolean().optional(),
    demo: z.boolean(),
  }),
})
export type Health = z.infer<typeof healthSchema>

/** The response before login: only states. */
const briefLink = z.object({ status: linkStateSchema })
export const briefHealthSchema = z.object({
  status: linkStateSchema,
  process: briefLink,
  model: briefLink,
  mcp: briefLink,
  cluster: briefLink.partial(),
})
export type BriefHealth = z.infer<typeof briefHealthSchema>

/** The response of `GET /ready`. */
export const readySchema = z.object({ ready: z.boolean() })
export type Ready = z.infer<typeof readySchema>
