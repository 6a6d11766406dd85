/**
 * What a tool result looks like to a person. The page draws it from this data; the model never retypes it.
 *
 * Our own Kubernetes MCP server (`mcp/`) answers every call with one of these parts as its `structuredContent`, and then
 * `cluster`, `asOf` and `coverage` are set. Results of other MCP servers are parsed from text and have none of the three.
 */
import { z } from 'zod'
import { clusterRefSchema, resultNoteSchema } from './facts'
import { localizedSchema } from './messages/message'
import { outcomeResultSchema, planResultSchema } from './change-result'

export { clusterRefSchema, resultNoteSchema } from './facts'
export type { ClusterRef, ResultNote } from './facts'
export { outcomeResultSchema, outcomeStateSchema, plannedObjectSchema, planResultSchema } from './change-result'
export type { OutcomeResult, OutcomeState, PlannedObject, PlanResult } from './change-result'

/** What was looked at: "none" and "not seen" are different answers. */
export const coverageSchema = z.object({
  /** `cluster`: all namespaces, or a kind outside of any; `namespaces`: those in `namespaces`; `object`: one object. */
  scope: z.enum(['cluster', 'namespaces', 'object']),
  /** The namespaces that were read, if not all. */
  namespaces: z.array(z.string()).optional(),
  /** Namespaces that exist and were not read, as far as they can be known. */
  unreadNamespaces: z.array(z.string()).optional(),
  /** Rows, lines or objects in this result. */
  shown: z.number(),
  /** How many there are in what was looked at; absent if unknown. */
  total: z.number().optional(),
  /** False if something that was asked for was not read. */
  complete: z.boolean(),
  notes: z.array(resultNoteSchema),
})
export type Coverage = z.infer<typeof coverageSchema>

const about = {
  cluster: clusterRefSchema.optional(),
  /** When the cluster was read, as an RFC 3339 time in UTC. */
  asOf: z.string().optional(),
  coverage: coverageSchema.optional(),
}

/** `bad` needs a person; `waiting` is on its way within its deadline; `unknown`: the code does not know the state. */
export const verdictSchema = z.enum(['bad', 'waiting', 'ok', 'unknown'])
export type Verdict = z.infer<typeof verdictSchema>

/** How many of all matching objects have each value, largest first. */
export const countsSchema = z.object({
  /** `namespace`, `status`, `node`, `image`, `owner`, `age`, `label:app`, … */
  by: z.string(),
  values: z.array(z.tuple([z.string(), z.number()])),
})
export type Counts = z.infer<typeof countsSchema>

export const tableResultSchema = z.object({
  kind: z.literal('table'),
  /** Column headings as the cluster's own table prints them, in capitals, e.g. NAMESPACE, NAME, READY. */
  columns: z.array(z.string()),
  /** One array of cell texts for each row, as long as `columns`. */
  rows: z.array(z.array(z.string())),
  /** What the rows are, e.g. `Pod` of group `` and version `v1`. */
  resource: z
    .object({ kind: z.string(), group: z.string(), version: z.string(), plural: z.string(), namespaced: z.boolean() })
    .optional(),
  /** Indexes of the columns that kubectl prints with `-o wide` alone. */
  wide: z.array(z.number()).optional(),
  /** The verdict of each row, as long as `rows`; absent for rows that have no health, such as ConfigMaps. */
  verdicts: z.array(verdictSchema).optional(),
  /** Why a row is not ok, in a few words, by the row's index. */
  reasons: z.record(z.string(), z.string()).optional(),
  /** Over all matching objects, also those that `rows` leaves out. */
  counts: z.array(countsSchema).optional(),
  ...about,
})

export const logResultSchema = z.object({
  kind: z.literal('log'),
  /** The log's lines, joined by \n, without a trailing one. */
  text: z.string(),
  /** What was logged, for the heading and the name of a download, e.g. `shop/cart-6d5 · app (previous run)`. */
  source: z.string().optional(),
  pod: z.string().optional(),
  namespace: z.string().optional(),
  container: z.string().optional(),
  /** The log is that of the run before the current one. */
  previous: z.boolean().optional(),
  /** State of the container in kubectl's words, e.g. `CrashLoopBackOff`, `Running`. */
  state: z.string().optional(),
  /** The pod's other containers. */
  others: z.array(z.object({ name: z.string(), init: z.boolean(), state: z.string() })).optional(),
  ...about,
})

export const yamlResultSchema = z.object({ kind: z.literal('yaml'), text: z.string() })

/** A part of an object's description: a small table, or lines of text. */
export const sectionSchema = z.object({
  title: z.string(),
  columns: z.array(z.string()).optional(),
  rows: z.array(z.array(z.string())).optional(),
  text: z.string().optional(),
})
export type Section = z.infer<typeof sectionSchema>

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
  /** The most telling first: conditions, container states, events; then the rest. */
  sections: z.array(sectionSchema),
  /** The object as YAML, masked; absent if the sections say all of it. */
  yaml: z.string().optional(),
  ...about,
})

export const textResultSchema = z.object({
  kind: z.literal('text'),
  text: z.string(),
  /** Of an error: its code, e.g. `not-found`, and the parameters of its sentence. */
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The sentence, if `text` is one of ours. */
  localized: localizedSchema.optional(),
  ...about,
})

export const resultPartSchema = z.discriminatedUnion('kind', [
  tableResultSchema,
  logResultSchema,
  yamlResultSchema,
  objectResultSchema,
  textResultSchema,
  outcomeResultSchema,
  planResultSchema,
])

export type TableResult = z.infer<typeof tableResultSchema>
export type LogResult = z.infer<typeof logResultSchema>
export type ObjectResult = z.infer<typeof objectResultSchema>
export type TextResult = z.infer<typeof textResultSchema>
export type ResultPart = z.infer<typeof resultPartSchema>

/** What the tools of our own MCP server answer: `structuredContent`, and what its `outputSchema` says. */
export const toolDataSchema = z.discriminatedUnion('kind', [
  tableResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  logResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  objectResultSchema.required({ cluster: true, asOf: true, coverage: true }),
  textResultSchema.required({ asOf: true }),
])
export type ToolData = z.infer<typeof toolDataSchema>

/**
 * How a tool call ended.
 * - `ok`: it ran; `error`: the tool, the cluster or the session said no.
 * - `denied`: our own policy refused it.
 * - `declined`: it would write, and the person said no; `expired`: the approval came too late, or was not valid.
 * - `cancelled`: the person stopped it.
 * - `unknown`: a write whose answer was lost: it may have run, and it is never repeated.
 */
export const toolStatusSchema = z.enum(['ok', 'error', 'denied', 'declined', 'expired', 'cancelled', 'unknown'])
export type ToolStatus = z.infer<typeof toolStatusSchema>

/** The `output` of a tool part of a UI message: small enough to be posted back with every turn. */
export const toolOutputSchema = z.object({
  status: toolStatusSchema,
  /** The compact, redacted text the model was given. */
  text: z.string(),
  /** Wall time of the call in milliseconds. */
  durationMs: z.number(),
})
export type ToolOutput = z.infer<typeof toolOutputSchema>
