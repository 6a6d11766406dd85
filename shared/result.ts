/**
 * A tool result as the page shows it from data that the model never retypes.
 * Our own Kubernetes MCP server (`mcp/`) returns one of these parts as `structuredContent`, with `cluster`, `asOf` and
 * `coverage`. Results of other MCP servers are parsed from text and have none of the three.
 */
import { z } from 'zod'
import { about } from './facts'
import { localizedSchema, messageSchema } from './messages/message'
import { outcomeResultSchema, planResultSchema } from './changes/change-result'
import { changesResultSchema } from './changes/what-changed'
import { findingsResultSchema } from './findings'

export { clusterRefSchema, resultNoteSchema } from './facts'
export type { ClusterRef, Coverage, ResultNote } from './facts'
export { outcomeResultSchema, plannedObjectSchema, planResultSchema } from './changes/change-result'
export type { OutcomeResult, OutcomeState, PlannedObject, PlanResult } from './changes/change-result'

/** `bad` needs attention; `waiting` is progressing within its deadline; `unknown`: the state is not understood. */
export const verdictSchema = z.enum(['bad', 'waiting', 'ok', 'unknown'])
export type Verdict = z.infer<typeof verdictSchema>

/** Number of matching objects by value, largest first. */
export const countsSchema = z.object({
  /** `namespace`, `status`, `node`, `image`, `owner`, `age`, `label:app`, … */
  by: z.string(),
  values: z.array(z.tuple([z.string(), z.number()])),
})
export type Counts = z.infer<typeof countsSchema>

export const tableResultSchema = z.object({
  kind: z.literal('table'),
  /** Column headings in capitals, as the cluster's own table prints them, e.g. NAMESPACE, NAME, READY. */
  columns: z.array(z.string()),
  /** One array of cell texts for each row, parallel to `columns`. */
  rows: z.array(z.array(z.string())),
  /** Kind of the rows, e.g. `Pod` of group `` and version `v1`. */
  resource: z
    .object({ kind: z.string(), group: z.string(), version: z.string(), plural: z.string(), namespaced: z.boolean() })
    .optional(),
  /** Indexes of the columns that kubectl prints only with `-o wide`. */
  wide: z.array(z.number()).optional(),
  /** The verdict of each row; absent for kinds without health, such as ConfigMaps. */
  verdicts: z.array(verdictSchema).optional(),
  /** Why a row is not ok, by row index. */
  reasons: z.record(z.string(), z.string()).optional(),
  /** Translation data of the reasons that are ours, by row index. */
  localizedReasons: z.record(z.string(), localizedSchema).optional(),
  /** When each row's event began and was last seen, RFC 3339 in UTC; null for rows without a time. */
  times: z.array(z.object({ first: z.iso.datetime().optional(), last: z.iso.datetime() }).nullable()).optional(),
  /** Over all matching objects, including those omitted from `rows`. */
  counts: z.array(countsSchema).optional(),
  ...about,
})

export const logResultSchema = z.object({
  kind: z.literal('log'),
  /** Lines joined by \n, without a trailing one. */
  text: z.string(),
  /** Source of the log, for headings and download names, e.g. `shop/cart-6d5 · app (previous run)`. */
  source: z.string().optional(),
  pod: z.string().optional(),
  namespace: z.string().optional(),
  container: z.string().optional(),
  /** True if the log is from the previous run. */
  previous: z.boolean().optional(),
  /** Container state as kubectl prints it, e.g. `CrashLoopBackOff`, `Running`. */
  state: z.string().optional(),
  /** The pod's other containers. */
  others: z.array(z.object({ name: z.string(), init: z.boolean(), state: z.string() })).optional(),
  ...about,
})

const yamlResultSchema = z.object({ kind: z.literal('yaml'), text: z.string() })

/** A part of an object's description: a small table, or lines of text. */
export const sectionSchema = z.object({
  title: z.string(),
  columns: z.array(z.string()).optional(),
  rows: z.array(z.array(z.string())).optional(),
  text: z.string().optional(),
})
export type Section = z.infer<typeof sectionSchema>

/** One object on the way from the outside to an object, or from its owners. */
const chainLinkSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  name: z.string(),
  /** Absent for cluster-scoped kinds. */
  namespace: z.string().optional(),
  /** `missing`: it is referred to and does not exist; `unread`: it could not be read. */
  state: z.enum(['missing', 'unread', 'read']),
  /** Absent for kinds without health. */
  verdict: verdictSchema.optional(),
  reason: messageSchema.optional(),
})
export type ChainLink = z.infer<typeof chainLinkSchema>

export const objectResultSchema = z.object({
  kind: z.literal('object'),
  object: z.object({
    kind: z.string(),
    apiVersion: z.string(),
    name: z.string(),
    namespace: z.string().optional(),
  }),
  verdict: verdictSchema.optional(),
  reason: z.string().optional(),
  /** Translation data of the reason, unless the words are the cluster's. */
  localizedReason: localizedSchema.optional(),
  /** Most informative first: conditions, container states, events. */
  sections: z.array(sectionSchema),
  /** Ingresses, Services and owners, outermost first, then the object; absent if it stands alone. */
  chain: z.array(chainLinkSchema).optional(),
  /** The object as masked YAML; absent if the sections contain everything. */
  yaml: z.string().optional(),
  ...about,
})

export const textResultSchema = z.object({
  kind: z.literal('text'),
  text: z.string(),
  /** Error code, e.g. `not-found`, and the message's parameters. */
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Translation data, if `text` is one of our messages. */
  localized: localizedSchema.optional(),
  ...about,
})

export const resultPartSchema = z.discriminatedUnion('kind', [
  tableResultSchema,
  logResultSchema,
  yamlResultSchema,
  objectResultSchema,
  textResultSchema,
  findingsResultSchema,
  changesResultSchema,
  outcomeResultSchema,
  planResultSchema,
])

export type TableResult = z.infer<typeof tableResultSchema>
export type LogResult = z.infer<typeof logResultSchema>
export type ObjectResult = z.infer<typeof objectResultSchema>
export type TextResult = z.infer<typeof textResultSchema>
export type ResultPart = z.infer<typeof resultPartSchema>

/** `structuredContent` of our own MCP server's tools, described by its `outputSchema`. */
export const toolDataSchema = z.discriminatedUnion('kind', [
  tableResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  logResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  objectResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  findingsResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  changesResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  textResultSchema.required({ asOf: true }),
])
export type ToolData = z.infer<typeof toolDataSchema>

/**
 * How a tool call ended.
 * - `ok`: it ran; `error`: the tool, cluster or session reported an error.
 * - `denied`: refused by our policy.
 * - `declined`: the user declined the change; `expired`: the approval was late or invalid.
 * - `cancelled`: stopped by the user.
 * - `unknown`: the response to a write was lost. It may have run and is never repeated.
 */
export const toolStatusSchema = z.enum(['ok', 'error', 'denied', 'declined', 'expired', 'cancelled', 'unknown'])
export type ToolStatus = z.infer<typeof toolStatusSchema>

/** The `output` of a UI message's tool part: small, since it is posted back with every turn. */
export const toolOutputSchema = z.object({
  status: toolStatusSchema,
  /** The compact, redacted text for the model. */
  text: z.string(),
  /** Wall time of the call in milliseconds. */
  durationMs: z.number(),
})
export type ToolOutput = z.infer<typeof toolOutputSchema>
