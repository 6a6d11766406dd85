/** The answer of `GET /health`, and what the page's status line is drawn from. */
import { z } from 'zod'

export const linkStateSchema = z.enum(['ok', 'degraded', 'down'])
export type LinkState = z.infer<typeof linkStateSchema>

const link = { status: linkStateSchema, /** In words, where the state is not `ok`. */ reason: z.string().optional() }

export const mcpStateSchema = z.enum(['connecting', 'ready', 'reconnecting', 'down'])
export type McpState = z.infer<typeof mcpStateSchema>

export const healthSchema = z.object({
  /** The worst of all. */
  status: linkStateSchema,
  version: z.string(),
  process: z.object({ ...link, uptimeSeconds: z.number(), /** Turns that run now. */ turns: z.number() }),
  model: z.object({
    ...link,
    name: z.string(),
    /** Origin of the model server, without credentials. */
    server: z.string(),
    demo: z.boolean(),
    /** The model is in memory now. Unknown where the server does not say. */
    loaded: z.boolean().optional(),
    /** The context window in force, in tokens, and where the number is from. */
    window: z.object({ tokens: z.number(), source: z.enum(['server', 'setting', 'assumed']) }).optional(),
  }),
  mcp: z.object({
    ...link,
    state: mcpStateSchema,
    transport: z.enum(['sse', 'http', 'stdio']),
    /** Name and version the server gave at initialize, once it has. */
    server: z.object({ name: z.string(), version: z.string() }).optional(),
    /** How many of its tools the model may be offered. */
    tools: z.number(),
    /** Sessions opened since the start: one more means that the tools were listed anew. */
    sessions: z.number(),
  }),
  /** The session with an MCP server of which a few tools are in use beside. */
  added: z
    .object({ ...link, state: mcpStateSchema, server: z.object({ name: z.string(), version: z.string() }).optional() })
    .optional(),
  cluster: z.object({
    /** Whether calls to the API server work; absent if the MCP server in use does not tell. */
    status: linkStateSchema.optional(),
    reason: z.string().optional(),
    /** Of an error: e.g. `certificate`. */
    code: z.string().optional(),
    /** Name of the cluster and context in use. Absent where an external MCP server chose it. */
    name: z.string().optional(),
    context: z.string().optional(),
    /** URL of the API server. */
    server: z.string().optional(),
    /** As the API server knows it. */
    user: z.string().optional(),
    /** UID of the namespace kube-system. */
    uid: z.string().optional(),
    /** Of Kubernetes, e.g. `v1.37.2`. */
    version: z.string().optional(),
    /** False: the MCP server does not tell which cluster it reads and changes, nor as whom. */
    verified: z.boolean().optional(),
    demo: z.boolean(),
  }),
})
export type Health = z.infer<typeof healthSchema>

/** What those who are not logged in are told: nothing but the states. */
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
